//! Hints, steps and praise for facts to 20: one ladder for adding, one for taking away, one for a missing part. Never here: questions.

use chalkbox_tool::forms::{bar, bars};
use chalkbox_tool::{Block, Figure, Lang, Problem, line, say, ten_frame};

use crate::count::{count, count_short};

fn frame(n: i64) -> [Block; 1] {
    [Block::Figure(ten_frame(n))]
}

/// For a + b to 10: start with the bigger number and count on.
pub fn add(p: Problem, l: Lang, a: i64, b: i64) -> Problem {
    let (big, small, total) = (a.max(b), a.min(b), a + b);
    let short = count_short(big, small);
    let p = p
        .hint(if a == b {
            say!(l, "Start with one of them: {big}.", "Commence par l'un des deux : {big}.")
        } else {
            say!(l, "Start with the bigger number: {big}.", "Commence par le plus grand nombre : {big}.")
        })
        .hint_with(
            say!(
                l,
                "The ten-frame shows {big}. Think of {small} more.",
                "Le cadre montre {big}. Imagine encore {small}."
            ),
            frame(big),
        );
    let p = if small == 0 {
        p.hint(say!(l, "Nothing is added. Does the number change?", "On n'ajoute rien. Le nombre change-t-il ?"))
    } else {
        p.hint(say!(
            l,
            "Count on with me: {short} You say the last number.",
            "Compte avec moi : {short} Dis le dernier nombre."
        ))
    };
    let on = count(big, small);
    let p = p.step(say!(l, "Put {big} on the ten-frame.", "Mets {big} dans le cadre.")).step_show(frame(big));
    let p = if small == 0 {
        p.step(say!(l, "Add 0: it stays {big}.", "Ajoute 0 : cela reste {big}."))
    } else {
        p.step(say!(l, "Add {small} more and count on: {on}.", "Ajoutes-en {small} et continue de compter : {on}."))
    };
    p.step_show(frame(total)).step_show([Block::Math(format!("{a} + {b} = {total}"))]).praise(say!(
        l,
        "Yes. {a} and {b} make {total}.",
        "Oui. {a} et {b} font {total}."
    ))
}

/// For a − b to 10: show the whole, cover what leaves, count back.
pub fn take(p: Problem, l: Lang, a: i64, b: i64) -> Problem {
    let left = a - b;
    let short = count_short(a, -b);
    let stay = if left == 1 { "stays" } else { "stay" };
    let p = p
        .hint(say!(
            l,
            "Show {a} with fingers or stones. What leaves?",
            "Montre {a} avec des doigts ou des cailloux. Qu'est-ce qui part ?"
        ))
        .hint_with(
            say!(l, "Here are {a}. Cover {b} with your finger.", "En voici {a}. Caches-en {b} avec le doigt."),
            frame(a),
        );
    let p = if b == 0 {
        p.hint(say!(l, "Nothing leaves. Does the number change?", "Rien ne part. Le nombre change-t-il ?"))
    } else {
        p.hint(say!(
            l,
            "Count back with me: {short} You say the last number.",
            "Compte à rebours avec moi : {short} Dis le dernier nombre."
        ))
    };
    p.step(say!(l, "Show the whole: {a}.", "Montre le tout : {a}."))
        .step_show(frame(a))
        .step(say!(l, "Take {b} away. {left} {stay}.", "Enlève {b}. Il reste {left}."))
        .step_show([Block::Math(format!("{a} − {b} = {left}"))])
        .step(say!(l, "Check by adding back: {left} + {b} = {a}.", "Vérifie en ajoutant : {left} + {b} = {a}."))
        .praise(say!(l, "Yes. {b} from {a} leaves {left}.", "Oui. {a} moins {b}, il reste {left}."))
}

/// For known + ? = whole: cover what is known, count what is open.
pub fn part(p: Problem, l: Lang, known: i64, whole: i64) -> Problem {
    let other = whole - known;
    let p = p
        .hint(say!(l, "{whole} is the whole. {known} is one part.", "{whole} est le tout. {known} est une partie."))
        .hint_with(
            say!(
                l,
                "The bars show the whole and the part you know.",
                "Les barres montrent le tout et la partie connue."
            ),
            bars(&[whole, known]),
        );
    let short = count_short(known, other);
    let p = if other == 0 {
        p.hint(say!(l, "{known} is already all of it. What is missing?", "{known}, c'est déjà tout. Que manque-t-il ?"))
    } else {
        p.hint(say!(
            l,
            "Start at {known} and count on to {whole}: {short} How many steps is it?",
            "Pars de {known} et compte jusqu'à {whole} : {short} Combien de pas cela fait-il ?"
        ))
    };
    p.step(say!(l, "The whole is {whole}. One part is {known}.", "Le tout est {whole}. Une partie est {known}."))
        .step_show(bar(&[known, other]))
        .step(say!(
            l,
            "The other part is {other}: {known} + {other} = {whole}.",
            "L'autre partie est {other} : {known} + {other} = {whole}."
        ))
        .praise(say!(l, "Yes. {known} and {other} make {whole}.", "Oui. {known} et {other} font {whole}."))
}

/// For a + b through ten: fill the ten of the bigger number, then add what is over.
pub fn through_ten(p: Problem, l: Lang, a: i64, b: i64) -> Problem {
    let (big, small, total) = (a.max(b), a.min(b), a + b);
    let fill = 10 - big;
    let rest = small - fill;
    if big == 10 {
        return p
            .hint(say!(l, "One number is a full ten already.", "Un nombre est déjà une dizaine pleine."))
            .hint_with(
                say!(
                    l,
                    "One frame is full. How many are in the other?",
                    "Un cadre est plein. Combien y en a-t-il dans l'autre ?"
                ),
                frame(10).into_iter().chain(frame(small)),
            )
            .hint(say!(l, "Say: ten and {small}. Which number is that?", "Dis : dix et {small}. Quel nombre est-ce ?"))
            .step(say!(l, "A full ten and {small} more.", "Une dizaine pleine et encore {small}."))
            .step_show(frame(total))
            .step_show([Block::Math(format!("{a} + {b} = {total}"))])
            .praise(say!(l, "Yes. Ten and {small} make {total}.", "Oui. Dix et {small} font {total}."));
    }
    if big > 10 || rest <= 0 {
        let (ones, more) = (big - 10, total - 10);
        return p
            .hint(say!(l, "Look for the ten inside {big}.", "Cherche la dizaine dans {big}."))
            .hint_with(
                say!(
                    l,
                    "The frames show {big}. Keep the full ten.",
                    "Les cadres montrent {big}. Garde la dizaine pleine."
                ),
                frame(big),
            )
            .hint(say!(l, "Ten stays. Ones: {ones} + {small}.", "La dizaine reste. Unités : {ones} + {small}."))
            .step(say!(l, "{big} is 10 and {ones}.", "{big}, c'est 10 et {ones}."))
            .step(say!(l, "Add the ones: {ones} + {small} = {more}.", "Ajoute les unités : {ones} + {small} = {more}."))
            .step_show([Block::Math(format!("{a} + {b} = {total}"))])
            .praise(say!(
                l,
                "Yes. You kept the ten and added the rest.",
                "Oui. Tu as gardé la dizaine et ajouté le reste."
            ));
    }
    p.hint(say!(l, "How many more does {big} need to make ten?", "Combien faut-il ajouter à {big} pour faire dix ?"))
        .hint_with(
            say!(
                l,
                "Fill the frame from the {small}. How many are over?",
                "Remplis le cadre avec les {small}. Combien en reste-t-il ?"
            ),
            [Block::Figure(ten_frame(big)), Block::Figure(ten_frame(small))],
        )
        .hint(say!(l, "{big} + {fill} makes 10. Ten and {rest} is …", "{big} + {fill} font 10. Dix et {rest} font …"))
        .step(say!(
            l,
            "Take {fill} from {small} to fill the ten: {big} + {fill} = 10.",
            "Prends {fill} à {small} pour remplir la dizaine : {big} + {fill} = 10."
        ))
        .step(say!(l, "Left over: {rest}. 10 + {rest} = {total}.", "Il en reste {rest} : 10 + {rest} = {total}."))
        .step_show(frame(total))
        .step_show([Block::Math(format!("{a} + {b} = {total}"))])
        .praise(say!(
            l,
            "Yes. You filled the ten first: 10 and {rest}.",
            "Oui. Tu as d'abord rempli la dizaine : 10 et {rest}."
        ))
}

/// For a − b through ten: go back to ten, then take what is still to go.
pub fn back_through_ten(p: Problem, l: Lang, a: i64, b: i64) -> Problem {
    let (ones, left) = (a - 10, a - b);
    let rest = b - ones;
    if rest <= 0 || b > 10 || !(10..20).contains(&a) {
        return if left <= b && left > 0 { count_up(p, l, a, b) } else { count_back(p, l, a, b) };
    }
    p.hint(say!(l, "How many do you take to go back to ten?", "Combien enlèves-tu pour revenir à dix ?"))
        .hint_with(
            say!(l, "{a} is ten and {ones}. Jump back to ten first.", "{a}, c'est dix et {ones}. Saute d'abord à dix."),
            [Block::Figure(Figure::NumberLine(line(0, 20, 1, &[0, 10, a, 20], &[10, a])))],
        )
        .hint(say!(
            l,
            "You took {ones} to reach 10. Of the {b}, still to go: {rest}. 10 − {rest}?",
            "Tu as enlevé {ones} pour arriver à 10. Des {b}, il en reste {rest} à enlever : 10 − {rest} ?"
        ))
        .step(say!(l, "Jump back to ten: {a} − {ones} = 10.", "Saute à dix : {a} − {ones} = 10."))
        .step(say!(
            l,
            "Still to take: {rest}. 10 − {rest} = {left}.",
            "Encore à enlever : {rest}. 10 − {rest} = {left}."
        ))
        .step_show([Block::Math(format!("{a} − {b} = {left}"))])
        .step(say!(l, "Check by adding: {left} + {b} = {a}.", "Vérifie en ajoutant : {left} + {b} = {a}."))
        .praise(say!(
            l,
            "Yes. You went back to ten, then took the rest.",
            "Oui. Tu es revenu à dix, puis tu as enlevé le reste."
        ))
}

/// For a − b with near numbers: count up from the smaller to the bigger.
fn count_up(p: Problem, l: Lang, a: i64, b: i64) -> Problem {
    let left = a - b;
    let short = count_short(b, left);
    let both = Block::Figure(Figure::NumberLine(line(0, 20, 1, &[0, 10, 20], &[b, a])));
    p.hint(say!(
        l,
        "Is it a long way from {b} to {a}, or a short one?",
        "Le chemin de {b} à {a} est-il long ou court ?"
    ))
    .hint_with(say!(l, "Look at {a} and {b} on the line.", "Regarde {a} et {b} sur la ligne."), [both.clone()])
    .hint(say!(
        l,
        "Count up from {b} to {a}: {short} How many steps?",
        "Compte de {b} jusqu'à {a} : {short} Combien de pas ?"
    ))
    .step(say!(l, "Mark {a} and {b} on the line.", "Marque {a} et {b} sur la ligne."))
    .step_show([both])
    .step(say!(
        l,
        "From {b} to {a} it is {left}: {a} − {b} = {left}.",
        "De {b} à {a}, il y a {left} : {a} − {b} = {left}."
    ))
    .praise(say!(l, "Yes. {left} + {b} is {a} again.", "Oui. {left} + {b} redonne {a}."))
}

/// For a − b that does not cross ten, with little to take: count back.
fn count_back(p: Problem, l: Lang, a: i64, b: i64) -> Problem {
    let left = a - b;
    let (short, back) = (count_short(a, -b), count(a, -b));
    let steps = if b == 1 { "step" } else { "steps" };
    let start = Block::Figure(Figure::NumberLine(line(0, 20, 1, &[0, 10, 20], &[a])));
    p.hint(say!(l, "How many steps do you go back?", "De combien de pas faut-il reculer ?"))
        .hint_with(
            say!(l, "Stand on {a} and go back {b} {steps}.", "Place-toi sur {a} et recule de {b} pas."),
            [start.clone()],
        )
        .hint(say!(l, "Count back {b} {steps} from {a}: {short}", "Recule de {b} pas à partir de {a} : {short}"))
        .step(say!(l, "Mark {a} on the line.", "Marque {a} sur la ligne."))
        .step_show([start])
        .step(say!(l, "Go back, one step for each number: {back}.", "Recule d'un pas par nombre : {back}."))
        .step_show([Block::Math(format!("{a} − {b} = {left}"))])
        .praise(say!(l, "Yes. {left} + {b} is {a} again.", "Oui. {left} + {b} redonne {a}."))
}
