//! The people's door: server-rendered pages that work with plain links and forms. A handler extracts, calls one use
//! case, fills the view and answers.

pub mod admin;
pub mod backups;
pub mod cards;
pub mod context;
pub mod home;
pub mod learn;
pub mod lesson;
pub mod map;
pub mod privacy;
pub mod programs;
pub mod restore;
pub mod same_child;
pub mod setup;
pub mod teach;
pub mod waiting;
pub mod year;

use crate::views::paths;
use actix_web::web;

/// Every address of the pages.
pub fn routes(app: &mut web::ServiceConfig) {
    app.route(paths::WELCOME, web::get().to(home::welcome))
        .route(paths::LANGUAGE, web::get().to(home::language))
        .route(paths::LANGUAGE, web::post().to(home::choose_language))
        .route(paths::HELP, web::get().to(home::help))
        .route(paths::THEME, web::post().to(home::choose_theme))
        .route("/class/{class}", web::get().to(home::who))
        .route("/class/{class}/{learner}", web::get().to(home::code))
        .route("/class/{class}/{learner}", web::post().to(home::enter))
        .route("/class/{class}/{learner}/ask", web::get().to(home::waiting))
        .route("/class/{class}/{learner}/ask", web::post().to(home::ask_teacher))
        .route("/card/{token}", web::get().to(home::card))
        .route(paths::STAFF, web::get().to(home::staff))
        .route(paths::STAFF, web::post().to(home::enter_staff))
        .route(paths::LEAVE, web::post().to(home::leave))
        .route("/bye", web::get().to(home::bye))
        .route(paths::LEARN, web::get().to(learn::path))
        .route(paths::HAND, web::post().to(learn::hand))
        .route(paths::MAP, web::get().to(map::show))
        .route("/learn/map/{strand}", web::get().to(map::road))
        .route("/learn/lessons/{skill}/{step}", web::get().to(lesson::show))
        .route("/learn/practise", web::get().to(learn::practise))
        .route("/learn/done", web::get().to(learn::done))
        .route("/learn/items/{item}", web::get().to(learn::item))
        .route("/learn/items/{item}", web::post().to(learn::answer))
        .route("/learn/items/{item}/hint", web::post().to(learn::hint))
        .route("/learn/items/{item}/solution", web::get().to(learn::solution))
        .route(paths::TEACH, web::get().to(teach::classes))
        .route(paths::NEW_CLASS, web::post().to(teach::add_class))
        .route("/teach/same/{learner}", web::get().to(same_child::show))
        .route("/teach/same/{learner}/{other}/join", web::post().to(same_child::join))
        .route("/teach/same/{learner}/{other}/part", web::post().to(same_child::part))
        .route("/teach/{class}", web::get().to(teach::today))
        .route("/teach/{class}/grid", web::get().to(teach::grid))
        .route("/teach/{class}/learner/{learner}", web::get().to(teach::learner))
        .route("/teach/{class}/learner/{learner}/code", web::post().to(teach::new_code))
        .route("/teach/{class}/let-in", web::get().to(teach::let_in))
        .route("/teach/{class}/let-in", web::post().to(teach::say_come_in))
        .route("/teach/{class}/open", web::post().to(teach::open_or_close))
        .route("/teach/{class}/learners", web::post().to(teach::add_learners))
        .route("/teach/{class}/cards", web::get().to(cards::ask))
        .route("/teach/{class}/cards", web::post().to(cards::make))
        .route(paths::ADMIN, web::get().to(admin::the_box))
        .route(paths::PROGRAMS, web::get().to(programs::list))
        .route(paths::PROGRAMS, web::post().to(programs::add))
        .route("/admin/programs/{program}/end", web::post().to(programs::end))
        .route(paths::BACKUPS, web::get().to(backups::show))
        .route(paths::BACKUP_DOWNLOAD, web::post().to(backups::download))
        .route(paths::BACKUP_STICK, web::post().to(backups::to_stick))
        .route(paths::BACKUP_CHECK, web::post().to(backups::check))
        .route(paths::BACKUP_LOOK, web::post().to(backups::look))
        .route(paths::BACKUP_UPLOAD, web::post().to(backups::upload))
        .route(paths::BACKUP_BRING, web::post().to(backups::bring))
        .route(paths::BACKUP_FORGET, web::post().to(backups::forget))
        .route(paths::BACKUP_KEY, web::post().to(backups::make_key))
        .route(paths::BACKUP_STOP, web::post().to(backups::stop))
        .route(paths::PRIVACY, web::get().to(privacy::list))
        .route("/lead/privacy/{learner}", web::get().to(privacy::child))
        .route("/lead/privacy/{learner}/export", web::post().to(privacy::export))
        .route("/lead/privacy/{learner}/erase", web::post().to(privacy::erase))
        .route(paths::YEAR, web::get().to(year::show))
        .route(paths::YEAR, web::post().to(year::close))
        .route(paths::WAITING, web::post().to(waiting::tell))
        .route(paths::POSTER, web::get().to(admin::poster))
        .route(paths::SETUP, web::get().to(setup::language))
        .route("/setup/language", web::post().to(setup::keep_language))
        .route("/setup/school", web::get().to(setup::school))
        .route("/setup/school", web::post().to(setup::keep_school))
        .route("/setup/owner", web::get().to(setup::owner))
        .route("/setup/owner", web::post().to(setup::keep_owner))
        .route(paths::SETUP_RESTORE, web::get().to(restore::show))
        .route(paths::SETUP_RESTORE_LOOK, web::post().to(restore::look))
        .route(paths::SETUP_RESTORE_BRING, web::post().to(restore::bring))
        .route(paths::SETUP_RESTORE_FORGET, web::post().to(restore::forget));
}
