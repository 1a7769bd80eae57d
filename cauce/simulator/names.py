"""Invented names, as people of the region have them, every one marked as simulated.

Common given names and surnames of each country, combined at random: nobody is meant. Two surnames
for Spanish-speaking countries, one for Haiti and Brazil.
"""

from __future__ import annotations

from random import Random

_SPANISH_WOMEN = (
    "María José", "Yesenia", "Dunia", "Brenda Lizeth", "Rosa Elvira", "Keily", "Génesis", "Wendy", "Karla Patricia",
    "Ana Sofía", "Reina", "Glenda", "Suyapa", "Fátima", "Yolanda", "Carmen", "Mirna", "Sandra", "Luz Marina", "Daniela",
    "Valentina", "Xiomara", "Marisol", "Gloria", "Iris", "Nohemí", "Sarai", "Esmeralda", "Blanca", "Ingrid", "Heidi",
    "Norma", "Lourdes", "Jazmín", "Ruth", "Elena", "Marta", "Paola", "Andrea", "Beatriz",
)  # fmt: skip
_SPANISH_MEN = (
    "Wilmer", "Óscar", "José Luis", "Kevin", "Brayan", "Elmer", "Santos", "Josué", "Marvin", "Denis", "Edwin", "Selvin",
    "Carlos", "Juan Carlos", "Luis Fernando", "Yeison", "Ángel", "Rigoberto", "Nelson", "Moisés", "Cristian", "Darwin",
    "Franklin", "Jorge", "Miguel Ángel", "Rubén", "Pedro", "Mauricio", "Alexis", "Ever", "Adonay", "Isaías", "Ramón",
    "Javier", "Héctor", "Samuel", "Daniel", "David", "Gerson", "Anderson",
)  # fmt: skip
_SPANISH_SURNAMES = (
    "Mejía", "Ortiz", "Castillo", "Pineda", "Canché", "Andino", "Paz", "Tzoc", "Batz", "Zelaya", "Reyes", "Hernández",
    "López", "Martínez", "García", "Ramos", "Flores", "Rivera", "Aguilar", "Alvarado", "Banegas", "Bonilla", "Cáceres",
    "Chávez", "Cruz", "De León", "Erazo", "Escobar", "Figueroa", "Funes", "Galeano", "Guevara", "Interiano", "Lagos",
    "Lara", "Maldonado", "Matute", "Membreño", "Molina", "Morales", "Murillo", "Núñez", "Orellana", "Padilla", "Pérez",
    "Portillo", "Quintanilla", "Ramírez", "Rodas", "Romero", "Sabillón", "Salguero", "Sandoval", "Suazo", "Turcios",
    "Umanzor", "Valladares", "Vásquez", "Villeda", "Xicol", "Ávila", "Euceda", "Girón", "Yanes", "Zúniga", "Bustillo",
)  # fmt: skip
_HAITIAN_WOMEN = (
    "Marie Carmel", "Rose Laure", "Guerline", "Mirlande", "Fabiola", "Nadège", "Islande", "Wideline", "Darline", "Roseline",
    "Marie Ange", "Lovely", "Judith", "Magdala", "Yolande", "Edwidge", "Esther", "Claudine", "Myrlène", "Sherline",
)  # fmt: skip
_HAITIAN_MEN = (
    "Jean Robert", "Wisler", "Frantz", "Jean Baptiste", "Evens", "Wilner", "Dieuseul", "Ronald", "Jacques", "Pierre Louis",
    "Jameson", "Makenson", "Emmanuel", "Stanley", "Jocelyn", "Rony", "Fritz", "Louis Jean", "Peterson", "Sadrac",
)  # fmt: skip
_HAITIAN_SURNAMES = (
    "Jean Pierre", "Pierre", "Joseph", "Charles", "Louis", "Desir", "Toussaint", "Etienne", "Saint Fleur", "Augustin",
    "Dorvil", "Estimé", "Exantus", "Fils Aimé", "Jean Louis", "Lafleur", "Metayer", "Noël", "Petit Frère", "Philogène",
)  # fmt: skip
_BRAZILIAN_WOMEN = ("Ana Paula", "Juliana", "Camila", "Letícia", "Fernanda", "Larissa", "Beatriz", "Gabriela")
_BRAZILIAN_MEN = ("João Pedro", "Thiago", "Rafael", "Mateus", "Lucas", "Felipe", "Gustavo", "Rodrigo")
_BRAZILIAN_SURNAMES = ("da Silva", "Souza", "Oliveira", "Pereira", "Lima", "Carvalho", "Gomes", "Ribeiro", "Almeida")

WOMEN, MEN, SURNAMES = 0, 1, 2
_POOLS: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "HTI": (_HAITIAN_WOMEN, _HAITIAN_MEN, _HAITIAN_SURNAMES),
    "BRA": (_BRAZILIAN_WOMEN, _BRAZILIAN_MEN, _BRAZILIAN_SURNAMES),
}
_SPANISH = (_SPANISH_WOMEN, _SPANISH_MEN, _SPANISH_SURNAMES)


def mark(sex: str) -> str:
    """The words that say, in the name itself, that the person is invented."""
    return "(simulada)" if sex == "female" else "(simulado)"


def full(random: Random, sex: str, nationality: str) -> tuple[str, str, str]:
    """Given names, first surname, second surname (empty where people have one)."""
    pool = _POOLS.get(nationality, _SPANISH)
    given = random.choice(pool[WOMEN if sex == "female" else MEN])
    first = random.choice(pool[SURNAMES])
    if nationality in _POOLS:
        return given, f"{first} {mark(sex)}", ""
    # About one in nine gives only one surname, as registers show (matching-and-disclosure.md §1.3).
    if random.random() < 0.11:
        return given, f"{first} {mark(sex)}", ""
    return given, first, f"{random.choice(pool[SURNAMES])} {mark(sex)}"
