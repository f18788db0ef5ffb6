//! English sentences, tasks, everyday senses and examples for school words. Never here: French.

/// What the word means at home.
pub(super) const EVERYDAY: &[(&str, &str)] = &[
    ("difference", "a quarrel between friends"),
    ("equal", "just as good at a game"),
    ("pattern", "a paper shape to cut a dress by"),
    ("custom", "buying often in one shop"),
    ("trade", "a job such as building"),
    ("border", "a coloured edge of a cloth"),
    ("measure", "a cup full of rice"),
    ("observe", "keep a feast day"),
    ("solid", "good and strong"),
    ("describe", "draw a line round it"),
];

/// An example, which is not the meaning.
pub(super) const EXAMPLES: &[(&str, &str)] = &[
    ("liquid", "milk"),
    ("insect", "an ant"),
    ("habitat", "a pond with frogs"),
    ("total", "12 beans"),
    ("trade", "mangoes at a market"),
    ("solid", "a stone"),
    ("pattern", "2, 4, 6, 8"),
    ("estimate", "about 50 birds"),
    ("evidence", "footprints in the mud"),
    ("border", "the river north of us"),
    ("equal", "3 and 3"),
    ("map", "the paper on our wall"),
];

/// A sentence that only this word fits.
pub(super) const SENTENCES: &[(&str, &str)] = &[
    ("measure", "We ___ the table with a long ruler."),
    ("observe", "Sit still and ___ the ants for ten minutes."),
    ("predict", "Before the test, ___ if the stone will float."),
    ("liquid", "Oil is a ___: it runs over the plate."),
    ("solid", "Ice is a ___: it keeps its shape."),
    ("habitat", "The pond is the ___ of the frog."),
    ("insect", "A bee has six legs, so it is an ___."),
    ("equal", "5 + 1 and 4 + 2 are ___."),
    ("total", "3 + 4 + 5: the ___ is 12."),
    ("difference", "Between 9 and 7 the ___ is 2."),
    ("estimate", "Do not count: make an ___ of the beans in the jar."),
    ("pattern", "Red, blue, red, blue is a ___."),
    ("map", "The ___ shows our village from above."),
    ("border", "At the ___ you leave one land and enter the next."),
    ("trade", "The ___ of salt made the town rich: many came to buy."),
    ("custom", "It is our ___ to greet old people first."),
    ("evidence", "The wet ground is ___ that it rained."),
];

/// Tasks as they stand in books.
pub(super) const TASKS: &[(&str, &str)] = &[
    ("compare", "Compare a goat and a hen."),
    ("describe", "Describe your school yard."),
    ("explain", "Explain how a seed grows."),
    ("measure", "Measure your pencil."),
    ("observe", "Observe the moon for a week."),
    ("predict", "Predict which cup will be empty first."),
    ("evidence", "Give the evidence from the text."),
    ("estimate", "Give an estimate of the leaves on the tree."),
    ("total", "Write the total of the three numbers."),
    ("difference", "Find the difference of the two numbers."),
];
