"""The peer: the same report through python docxtpl, as MRD and others fill theirs.

Reads the blocks as JSON on standard input, makes an equivalent template once, then
opens, fills and saves it over and over. Prints the median in milliseconds.
Needs: pip install docxtpl
"""

import io
import json
import statistics
import sys
import time

from docx import Document
from docxtpl import DocxTemplate

STYLES = {
    "h1": "Heading 1",
    "h2": "Heading 2",
    "h3": "Heading 3",
    "p": "Normal",
    "bullet": "List Bullet",
    "bullet2": "List Bullet 2",
    "number": "List Number",
}


def template():
    """One loop over the blocks, each kind in its own style, tables by rows."""
    document = Document()
    document.add_paragraph("{%p for block in blocks %}")
    for kind, style in STYLES.items():
        document.add_paragraph("{%p if block.kind == '" + kind + "' %}")
        document.add_paragraph("{{ block.text }}", style=style)
        document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p if block.kind == 'table' %}")
    table = document.add_table(rows=3, cols=5, style="Table Grid")
    table.cell(0, 0).text = "{%tr for row in block.rows %}"
    for column in range(5):
        table.cell(1, column).text = "{{ row[" + str(column) + "] }}"
    table.cell(2, 0).text = "{%tr endfor %}"
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p endfor %}")
    section = document.sections[0]
    section.header.paragraphs[0].text = "{{ header }}"
    section.footer.paragraphs[0].text = "{{ footer }}"
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def main():
    rounds = int(sys.argv[1])
    context = json.load(sys.stdin)
    source = template()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        document = DocxTemplate(io.BytesIO(source))
        document.render(context, autoescape=True)
        made = io.BytesIO()
        document.save(made)
        times.append((time.perf_counter() - start) * 1000)
    print(f"{statistics.median(times):.3f} {len(made.getvalue())}")


main()
