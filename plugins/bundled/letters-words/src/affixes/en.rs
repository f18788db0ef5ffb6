//! English words for prefixes and suffixes. Never here: French, questions.

use super::long::{Long, Turned, long, turned};
use super::{FalsePart, no};

/// Letters that look like a word part.
pub(super) const NO_PART: &[FalsePart] = &[
    no("un-", "under uncle until", "unhappy unkind unsafe"),
    no("re-", "ready red rest", "reread reuse repaint"),
    no("dis-", "dish distant", "disagree disorder dislike"),
    no("-er", "river water sister", "farmer painter teacher"),
    no("-ly", "family fly", "slowly loudly kindly"),
    no("-less", "bless unless", "helpless careless endless"),
];

/// Words with a prefix and a suffix.
pub(super) const THREE: &[Long] = &[
    long(&["un", "help", "ful"], "not giving any support."),
    long(&["un", "kind", "ness"], "the state of not being kind."),
    long(&["dis", "agree", "ment"], "when people do not agree."),
    long(&["un", "break", "able"], "that nobody can break."),
    long(&["un", "friend", "ly"], "not nice to others."),
    long(&["un", "thank", "ful"], "not saying thank you."),
    long(&["un", "luck", "y"], "with bad luck."),
    long(&["re", "pay", "ment"], "money that is given back."),
    long(&["re", "start", "ed"], "began once more."),
    long(&["un", "pack", "ing"], "taking things out of the bag."),
    long(&["dis", "order", "ly"], "not tidy."),
    long(&["mis", "count", "ed"], "said a wrong number at the end."),
];

/// School words of four parts and five.
pub(super) const SCHOOL: &[Long] = &[
    long(&["in", "for", "ma", "tion"], "facts that tell you something."),
    long(&["mul", "ti", "pli", "ca", "tion"], "working out 3 times 4."),
    long(&["con", "ver", "sa", "tion"], "a talk between people."),
    long(&["ge", "og", "ra", "phy"], "learning about lands and rivers."),
    long(&["tem", "per", "a", "ture"], "how hot or cold it is."),
    long(&["cal", "cu", "la", "tor"], "a machine that does sums."),
    long(&["ed", "u", "ca", "tion"], "all that is taught and learned."),
    long(&["veg", "e", "ta", "ble"], "a plant that we eat, such as a carrot."),
    long(&["ex", "per", "i", "ment"], "a test to find something out."),
    long(&["dic", "tion", "ar", "y"], "a book that explains words."),
    long(&["pop", "u", "la", "tion"], "all the people of a place."),
    long(&["ag", "ri", "cul", "ture"], "growing plants and keeping animals."),
    long(&["e", "lec", "tric", "i", "ty"], "what makes a lamp shine."),
    long(&["cat", "er", "pil", "lar"], "it turns into a butterfly."),
];

/// Words whose base changes.
pub(super) const TURNED: &[Turned] = &[
    turned("happy", "happiness", "the state of being happy", "happily happier"),
    turned("happy", "happily", "in a happy way", "happiness happiest"),
    turned("beauty", "beautiful", "full of beauty", "beautify beauties"),
    turned("easy", "easily", "in an easy way", "easier easiest"),
    turned("angry", "angrily", "in an angry way", "angrier angriest"),
    turned("lazy", "laziness", "being lazy", "lazily lazier"),
    turned("bake", "baker", "a person who bakes", "baking baked"),
    turned("write", "writer", "a person who writes", "writing written"),
    turned("run", "runner", "a person who runs", "running runs"),
    turned("swim", "swimmer", "a person who swims", "swimming swims"),
    turned("noise", "noisy", "full of noise", "noisily noises"),
    turned("empty", "emptiness", "being empty", "emptied emptier"),
    turned("use", "usable", "that can be used", "using useless"),
    turned("carry", "carried", "took it before", "carrying carrier"),
];
