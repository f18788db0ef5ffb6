//! English sentences. Never here: French, questions about them.

use super::marks::{Marked, Two, marked, two};
use super::{Line, line, turns};

/// Each in one order only; no word twice in the same shape.
pub(super) const LINES: &[Line] = &[
    line(1, "Hens lay eggs."),
    line(1, "We like rice."),
    line(1, "Birds can fly."),
    line(1, "Cats drink milk."),
    line(1, "Dogs can run."),
    line(1, "She is glad."),
    line(1, "He has shoes."),
    line(2, "The dog sleeps here."),
    line(2, "My bag is red."),
    line(2, "We walk to school."),
    line(2, "A bird sits in the tree."),
    line(2, "The cup is on my table."),
    line(2, "Mum cooks rice for us."),
    line(2, "Two girls play with a ball."),
    line(2, "He puts his book away."),
    turns(3, "The old man feeds his goat at home.", 2, 5),
    turns(3, "My uncle rides his bike to the market.", 1, 4),
    turns(3, "The girl peels a mango for her brother.", 1, 4),
    turns(3, "The nurse washes my hand with warm water.", 1, 4),
    turns(3, "Our cat drinks the milk from a bowl.", 1, 4),
    line(3, "When it rains, we play under a roof."),
    line(3, "The bus stops in front of our school."),
];

/// Sentences by their end mark.
pub(super) const ENDS: &[Marked] = &[
    marked("I am six years old", "."),
    marked("My name is Ama", "."),
    marked("I live near the river", "."),
    marked("I like rice with beans", "."),
    marked("Where is my bag", "?"),
    marked("Can you see the boat", "?"),
    marked("Who took the last cake", "?"),
    marked("What is your name", "?"),
    marked("How old are you", "?"),
    marked("Look out, a snake", "!"),
    marked("Stop that at once", "!"),
    marked("What a big fish", "!"),
    marked("Help, I am falling", "!"),
];

/// Two sentences side by side.
pub(super) const PAIRS: &[Two] = &[
    two("We ran home.", "It was late."),
    two("The sun is hot.", "We sit under a tree."),
    two("My dog is old.", "He sleeps all day."),
    two("Dad cooks soup.", "We lay the table."),
    two("The bus is here.", "Take your bag."),
    two("She fell down.", "Her knee hurts."),
];

/// Lists and apostrophes: the right one, then wrong ones with s (commas missing), c (a comma too many), a (apostrophe).
pub(super) const INSIDE: &[&[&str]] = &[
    &[
        "We have beans, rice, fish and tea.",
        "s:We have beans rice fish and tea.",
        "c:We have, beans, rice, fish and, tea.",
    ],
    &[
        "I saw a goat, a hen and two dogs.",
        "s:I saw a goat a hen and two dogs.",
        "c:I saw, a goat, a hen, and two, dogs.",
    ],
    &["Bring a pen, a book and a ruler.", "s:Bring a pen a book and a ruler.", "c:Bring, a pen, a book and, a ruler."],
    &["Ama, Kofi and Lina play.", "s:Ama Kofi and Lina play.", "c:Ama, Kofi and, Lina, play."],
    &["That is Mina's book.", "a:That is Minas book.", "a:That is Minas' book."],
    &["It isn't far.", "a:It isnt far.", "a:It is'nt far."],
    &["We don't know.", "a:We dont know.", "a:We do'nt know."],
    &["This is Dad's hat.", "a:This is Dads hat.", "a:This is Da'ds hat."],
];

/// What is said and who says it: the words in the mouth, the mark inside, the teller's words.
pub(super) const SAID: &[[&str; 3]] = &[
    ["Come in", ",", "said Mum."],
    ["Is it far", "?", "asked Juma."],
    ["Stop", "!", "shouted the driver."],
    ["I am hungry", ",", "said the boy."],
    ["Where is my hat", "?", "asked Uncle."],
    ["We are late", ",", "said Mina."],
];
