//! Names of what the box can draw: little pictures, and shapes. The face draws them; lessons are checked by them, so that
//! a slip of the pen is told to the author and not shown to a child as a card with letters.

/// Pictures of figures `row` and of taps.
pub const PICTURES: [&str; 20] = [
    "apple", "mango", "banana", "bean", "stone", "leaf", "cup", "spoon", "ball", "fish", "goat", "hen", "star",
    "flower", "book", "hand-1", "hand-2", "hand-3", "hand-4", "hand-5",
];

/// Shapes of figures `shape`.
pub const SHAPES: [&str; 26] = [
    "circle",
    "oval",
    "semicircle",
    "triangle",
    "right-triangle",
    "square",
    "rectangle",
    "rhombus",
    "diamond",
    "parallelogram",
    "trapezium",
    "trapezoid",
    "kite",
    "pentagon",
    "hexagon",
    "octagon",
    "star",
    "heart",
    "cross",
    "cube",
    "cuboid",
    "sphere",
    "cylinder",
    "cone",
    "pyramid",
    "prism",
];
