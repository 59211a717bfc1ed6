"""Names for people who don't exist: given and family names of many cultures, drawn within one culture."""

import unicodedata
from random import Random

# Given names, then family names, of one culture on each pair of lines.
_CULTURES: tuple[tuple[str, str], ...] = (
    ("Aisha Chidi Folake Ngozi Obinna Temi Uche Zainab", "Adeyemi Balogun Eze Nwosu Okafor Okoro Olawale"),
    ("Abena Akosua Esi Kofi Kwabena Kwame Yaw", "Agyeman Asante Boateng Mensah Owusu Sarpong"),
    ("Amina Fatuma Juma Neema Otieno Wanjiru", "Achieng Kamau Mwangi Njoroge Odhiambo Wafula"),
    ("Ahmed Hanan Khadija Mariam Omar Samira Youssef", "Bennani Darwish Haddad Mansour Nassar Saleh"),
    ("Amir Azadeh Darius Leila Nasrin Shirin", "Ahmadi Jafari Karimi Moradi Rostami Tehrani"),
    ("Ayşe Deniz Elif Emre Kerem Zeynep", "Aydın Demir Kaya Özdemir Şahin Yıldız"),
    ("Anjali Arjun Kavita Lakshmi Rohan Sunil Vikram", "Desai Iyer Kulkarni Menon Nair Patil Reddy"),
    ("Bilal Farah Imran Nadia Saima Tariq", "Akhtar Chaudhry Hussain Malik Qureshi Siddiqui"),
    ("Chen Fang Jing Lei Mei Wei Xiu", "Cheng Guo He Lin Sun Xu Zhao"),
    ("Akira Haruka Kenji Naoko Sora Yumi", "Fujita Hayashi Kobayashi Matsuda Ogawa Ueda"),
    ("Eun-ji Hyun-woo Ji-ho Min-seo Seo-yeon Sung-min", "Bae Cho Hwang Jang Kwon Yoon"),
    ("An Hoa Linh Minh Quang Thu Tuan", "Bui Dang Dinh Huynh Phan Vo"),
    ("Adit Dewi Indah Putri Rizal Wahyu", "Gunawan Hartono Kusuma Pratama Santoso Wibowo"),
    ("Ana Beatriz Caio Joana Rafael Tiago", "Barbosa Carvalho Moreira Pinto Teixeira Vieira"),
    ("Alejandra Diego Inés Lucía Mateo Ximena", "Aguilar Fuentes Herrera Ibáñez Navarro Peña"),
    ("Chiara Davide Elena Giulia Lorenzo Matteo", "Barbieri Conti Fabbri Gatti Marini Villa"),
    ("Amélie Bastien Camille Élodie Luc Noémie", "Chevalier Fontaine Garnier Lefèvre Mercier Roussel"),
    ("Anke Bernd Dörte Greta Jürgen Sabine", "Brandt Hoffmann Köhler Lorenz Schröder Vogel"),
    ("Anneke Bram Femke Joris Lotte Sander", "Bakker de Boer Hendriks Kuipers Smit van Dijk Visser"),
    ("Astrid Bjørn Ingrid Lars Sigrid Søren", "Berg Dahl Halvorsen Lund Nygaard Strand"),
    ("Aino Eero Kaisa Mikko Riikka Timo", "Heikkinen Koskinen Laine Mäkelä Niemi Salonen"),
    ("Agnieszka Jacek Kasia Magda Paweł Zofia", "Dąbrowski Jankowska Kamiński Mazur Wójcik Zając"),
    ("Dmytro Halyna Iryna Oksana Taras Yulia", "Bondarenko Hrytsenko Kovalenko Lysenko Petrenko Tkachuk"),
    ("Eleni Katerina Nikos Petros Sofia Yannis", "Alexiou Dimitriou Kostas Makris Pappas Vlachos"),
    ("Alan Carys Dylan Hannah Morag Rhys Tom", "Ashworth Bevan Campbell Fraser Hughes Pritchard Whitfield"),
    ("Aoife Ciara Cormac Niamh Orla Sean", "Brennan Doyle Gallagher Keane Nolan Quinn"),
    ("Aroha Hemi Kiri Mere Rangi Tane", "Hohepa Kereama Ngata Paki Tamihana Waaka"),
    ("Avi Dalia Eitan Noa Shira Yael", "Ben-Ami Katz Levi Mizrahi Peretz Shapira"),
)


def _family_names(line: str) -> list[str]:
    """The names of a line; a small particle belongs to the name that follows it."""
    names: list[str] = []
    particle = ""
    for word in line.split():
        if word.islower():
            particle = f"{particle}{word} "
        else:
            names.append(particle + word)
            particle = ""
    return names


_PEOPLE = tuple(
    f"{given} {family}"
    for givens, families in _CULTURES
    for given in givens.split()
    for family in _family_names(families)
)


def draw_people(rng: Random, count: int) -> list[tuple[str, str]]:
    """(code, name) of so many different people; codes are as staff rooms write them, three letters of the name."""
    taken: set[str] = set()
    people: list[tuple[str, str]] = []
    for name in rng.sample(_PEOPLE, count):
        code = stem = _letters(name.split(" ", 1)[1])[:3].upper()
        number = 2
        while code in taken:
            code = f"{stem}{number}"
            number += 1
        taken.add(code)
        people.append((code, name))
    return people


def _letters(name: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", name) if letter.isalpha())
