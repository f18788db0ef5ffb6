//! The people of the school as they are now: classes, learners, staff, settings. Read from the store once at start,
//! then kept beside it; what is here is what the newest events say.

use chalkbox_domain::event::{Class, Profile, Settings, Staff, StaffRole};
use chalkbox_domain::ids::{ClassId, LearnerId, StaffId};
use chalkbox_domain::links::Links;
use std::collections::BTreeMap;

/// Everybody, and the school's settings.
#[derive(Debug, Clone, Default)]
pub struct People {
    /// None until the first start was gone through.
    pub settings: Option<Settings>,
    /// By id.
    pub classes: BTreeMap<ClassId, Class>,
    /// By id, those who left included, and every entry of a child that has several.
    pub learners: BTreeMap<LearnerId, Profile>,
    /// By id, those who left included.
    pub staff: BTreeMap<StaffId, Staff>,
    /// Which learners are one child.
    pub links: Links,
}

impl People {
    /// Classes in the order of their names ("Class 2" before "Class 10").
    pub fn classes_by_name(&self) -> Vec<&Class> {
        let mut list: Vec<&Class> = self.classes.values().collect();
        list.sort_by_cached_key(|c| (natural(&c.name), c.id));
        list
    }

    /// The learners of a class who have not left, by name; a child that was entered twice once.
    pub fn learners_of(&self, class: ClassId) -> Vec<&Profile> {
        let mut list: Vec<&Profile> =
            self.learners.values().filter(|l| l.active && l.class == class && self.links.stands(l.id)).collect();
        list.sort_by_cached_key(|l| (natural(&l.display_name), l.id));
        list
    }

    /// A learner who has not left. Of a child that was entered twice, the entry under which it goes on.
    pub fn learner(&self, id: LearnerId) -> Option<&Profile> {
        self.learners.get(&id).filter(|l| l.active && self.links.stands(id))
    }

    /// A member of staff who has not left.
    pub fn member(&self, id: StaffId) -> Option<&Staff> {
        self.staff.get(&id).filter(|s| s.active)
    }

    /// Who signs in with this name, in any case of letters.
    pub fn by_username(&self, username: &str) -> Option<&Staff> {
        let wanted = username.trim().to_lowercase();
        self.staff.values().find(|s| s.active && s.username.to_lowercase() == wanted)
    }

    /// Whether this member of staff may see where a class stands: its teacher, or a leader. Who looks after the box
    /// looks after the box, not after children.
    pub fn may_see(&self, member: StaffId, roles: &[StaffRole], class: &Class) -> bool {
        class.teachers.contains(&member) || roles.contains(&StaffRole::Leader)
    }

    /// Whether this member of staff may open a child's page, give codes and cards, let in, open and close: the class's
    /// own teacher. A class whose teachers have all left is the leader's, so that it is never nobody's.
    pub fn may_change(&self, member: StaffId, roles: &[StaffRole], class: &Class) -> bool {
        let taught = class.teachers.iter().any(|t| self.member(*t).is_some());
        class.teachers.contains(&member) || (!taught && roles.contains(&StaffRole::Leader))
    }
}

/// A key that sorts digits by their value and letters without regard to case: "Class 2" before "Class 10".
fn natural(text: &str) -> String {
    let mut key = String::new();
    let mut digits = String::new();
    let flush = |key: &mut String, digits: &mut String| {
        if !digits.is_empty() {
            key.push_str(&format!("{:0>12}", digits.trim_start_matches('0')));
            digits.clear();
        }
    };
    for c in text.chars() {
        if c.is_ascii_digit() {
            digits.push(c);
        } else {
            flush(&mut key, &mut digits);
            key.extend(c.to_lowercase());
        }
    }
    flush(&mut key, &mut digits);
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class(n: u8, name: &str) -> Class {
        Class {
            id: ClassId([n; 16]),
            name: name.into(),
            grade: 1,
            teachers: vec![StaffId([n; 16])],
            open: true,
            picture: 0,
        }
    }

    #[test]
    fn classes_stand_in_the_order_a_person_would_write() {
        let mut people = People::default();
        for (n, name) in [(1, "Class 10"), (2, "class 2"), (3, "Class 1 B"), (4, "Class 1 A"), (5, "Birds")] {
            people.classes.insert(ClassId([n; 16]), class(n, name));
        }
        let names: Vec<&str> = people.classes_by_name().iter().map(|c| c.name.as_str()).collect();
        assert_eq!(names, ["Birds", "Class 1 A", "Class 1 B", "class 2", "Class 10"]);
    }

    fn member(n: u8, active: bool) -> Staff {
        Staff {
            id: StaffId([n; 16]),
            username: format!("m{n}"),
            display_name: format!("M {n}"),
            roles: vec![StaffRole::Teacher],
            password: String::new(),
            locale: None,
            active,
        }
    }

    #[test]
    fn a_class_is_its_teacher_s_and_a_leader_looks_on() {
        let own = class(1, "A");
        let (teacher, other) = (StaffId([1; 16]), StaffId([2; 16]));
        let mut people = People::default();
        people.staff.insert(teacher, member(1, true));
        for (who, roles, sees, changes) in [
            (teacher, &[StaffRole::Teacher][..], true, true),
            (teacher, &[StaffRole::Technologist, StaffRole::Leader, StaffRole::Teacher], true, true),
            (other, &[StaffRole::Teacher], false, false),
            (other, &[StaffRole::Technologist], false, false),
            (other, &[StaffRole::Leader], true, false),
            (other, &[StaffRole::Leader, StaffRole::Teacher], true, false),
        ] {
            assert_eq!(people.may_see(who, roles, &own), sees, "{roles:?}");
            assert_eq!(people.may_change(who, roles, &own), changes, "{roles:?}");
        }
        people.staff.insert(teacher, member(1, false));
        assert!(people.may_change(other, &[StaffRole::Leader], &own), "its teacher has left");
        assert!(!people.may_change(other, &[StaffRole::Technologist], &own));
    }
}
