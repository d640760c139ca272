//! What happens to saved words when something dies: the program killed outright while
//! several people save, and the database server stopped under it.
//!
//! Here: the killing, at moments drawn from a seed that is printed and can be given
//! back in `FOREWORD_SEED`. Not here: what people do meanwhile (`client`), and what
//! must be found afterwards (`office`). To add a fault, make it happen between
//! [`Office::at_work`] and [`Office::finds_everything_acknowledged`].

mod client;
mod office;

use std::time::Duration;

use crate::harness::durable::DurableCluster;
use office::{Chance, Office};

/// Kills of each of the two programs that are killed side by side on `SQLite`.
const KILLS: u32 = 104;
/// A fresh set of reports after so many, so that reading them all stays quick.
const KILLS_A_SET: u32 = 26;
/// A kill comes after fewer saves than this, and fewer milliseconds more than that:
/// counted in saves, so that a slow machine is killed at work like a fast one.
const SAVES: u64 = 8;
const MILLISECONDS: u64 = 25;

/// From the environment, or another one each time.
fn seed() -> u64 {
    let given = std::env::var("FOREWORD_SEED").ok();
    let seed = given.and_then(|s| s.parse().ok());
    let seed = seed.unwrap_or_else(|| uuid::Uuid::new_v4().as_u64_pair().1);
    println!("FOREWORD_SEED={seed}");
    seed
}

/// Lets people work and kills the program at some moment, again and again. Tells how
/// many of the kills broke a save that was under way, and how many saves were
/// acknowledged.
fn work_and_kill(office: &mut Office, kills: u32, chance: &mut Chance) -> (u32, usize) {
    let mut broken = 0;
    let mut service = office.open_service();
    for kill in 0..kills {
        if kill % KILLS_A_SET == 0 {
            office.begin_reports();
        }
        let address = service.address().to_owned();
        let (saves, then) = (chance.below(SAVES), chance.below(MILLISECONDS));
        let saves_broken = office.at_work(&address, chance.draw(), |saved| {
            saved.wait_for(saves);
            std::thread::sleep(Duration::from_millis(then));
            service.kill();
        });
        broken += u32::from(saves_broken > 0);
        drop(service);
        service = office.open_service();
        office.finds_everything_acknowledged();
    }
    drop(service);
    office.finds_a_sound_database();
    (broken, office.acknowledged())
}

#[test]
fn every_acknowledged_save_outlives_two_hundred_kills_on_sqlite() {
    let seed = seed();
    let runs = std::thread::scope(|scope| {
        let side = |number| {
            scope.spawn(move || {
                let mut chance = Chance::new(seed ^ number);
                work_and_kill(&mut Office::on_sqlite(), KILLS, &mut chance)
            })
        };
        [side(1), side(2)].map(|run| run.join().expect("a side that found everything"))
    });
    let broken: u32 = runs.iter().map(|(broken, _)| broken).sum();
    let acknowledged: usize = runs.iter().map(|(_, acknowledged)| acknowledged).sum();
    println!(
        "{} kills, {broken} during a save, {acknowledged} saves acknowledged",
        2 * KILLS
    );
    // A test that killed only idle programs would prove nothing; that saves were
    // acknowledged follows from waiting for them.
    assert!(broken > KILLS, "only {broken} kills broke a save");
}

#[test]
fn every_acknowledged_save_outlives_kills_on_postgres() {
    let mut chance = Chance::new(seed());
    let cluster = DurableCluster::start();
    let mut office = Office::on_postgres(cluster.address());
    let (broken, acknowledged) = work_and_kill(&mut office, 20, &mut chance);
    println!("20 kills, {broken} during a save, {acknowledged} saves acknowledged");
    assert!(broken > 5, "only {broken} kills broke a save");

    // The program lives on while its database is stopped as if the power had gone.
    office.begin_reports();
    let service = office.open_service();
    let broken = office.at_work(service.address(), chance.draw(), |saved| {
        saved.wait_for(30);
        cluster.stop_at_once();
        std::thread::sleep(Duration::from_millis(100));
    });
    assert!(broken > 0, "somebody was told that a save had failed");
    cluster.start_again();
    office.finds_everything_acknowledged();
    // The same program, without a restart, saves again.
    office.at_work(service.address(), chance.draw(), |saved| saved.wait_for(10));
    drop(service);
    office.finds_everything_acknowledged();
    office.finds_a_sound_database();
}

/// The tests above are worth what their check notices.
#[test]
#[should_panic(expected = "was acknowledged and is lost")]
fn an_acknowledged_save_that_is_not_there_is_noticed() {
    let mut office = Office::on_sqlite();
    office.begin_reports();
    office.finds_everything_acknowledged();
    office.pretends_a_save_was_acknowledged();
    office.finds_everything_acknowledged();
}
