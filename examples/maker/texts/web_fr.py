"""A French page as it comes from the web: navigation, article, comments, footer, all in one file."""

# ruff: noqa: E501 - prose is easier to mend when its lines are not cut

PAGE = """Accueil | Randonnées | Refuges | Météo des crêtes | Boutique | Se connecter

Les Sentiers du Haut-Vernay
Le journal des marcheurs lents

Accueil > Randonnées > À la journée > Le tour des trois lacs

Le tour des trois lacs
Publié le 12 juin 2025 par Apolline Sauvageot · Lecture : 6 minutes · 14 commentaires

Distance : 13,4 km · Dénivelé : 780 m · Durée : 5 h 30 sans les pauses · Niveau : moyen

Il y a des randonnées que l'on fait pour le sommet et d'autres que l'on fait pour l'eau. Le tour des trois lacs appartient sans hésitation à la seconde catégorie : on n'y gravit rien de glorieux, on n'y plante aucun drapeau, mais on y trempe les pieds trois fois, et la troisième fois vaut le voyage.

Comment s'y rendre

Depuis Vernay-le-Bas, prenez la navette de 8 h 10 jusqu'au parking des Écorces (terminus). En voiture, le même parking est gratuit, mais il est complet dès 9 heures en juillet et en août. La gendarmerie verbalise les véhicules garés le long de la route forestière ; ne comptez pas sur son indulgence.

Le départ : des Écorces au lac Menu

Le sentier part derrière la fontaine, balisé en jaune. Il monte d'abord en lacets dans une hêtraie fraîche, puis débouche sur les alpages de la Combe Noire. Fermez les barrières derrière vous : le troupeau de M. Fournerat n'a pas de GPS. Après une heure et quart, on atteint le lac Menu, qui porte bien son nom. L'eau y est tiède dès la fin du mois de juin. Les grenouilles aussi semblent de cet avis.

Du lac Menu au lac des Chanoines

C'est la partie la plus raide. Le chemin contourne un verrou rocheux par la gauche ; une main courante a été posée en 2023 sur une vingtaine de mètres. Elle n'est pas indispensable par temps sec, elle est bienvenue sous la pluie. Au-dessus, le paysage change d'un coup : plus d'arbres, de grandes dalles polies par le glacier et, au bout d'un replat, le lac des Chanoines. La légende veut que deux chanoines y aient jeté leurs bréviaires pour alléger leur sac. On n'a jamais retrouvé les livres, mais le refuge sert une tarte aux myrtilles qui rend la foi.

Le refuge des Chanoines est ouvert du 7 juin au 28 septembre. Compter 9 € pour la part de tarte et le café, 21 € pour le repas de midi. Réservation conseillée au 04 65 71 22 18. Pas de carte bancaire : le réseau ne monte pas jusque-là.

Du lac des Chanoines au lac Perdu

Suivez les cairns plutôt que la trace la plus marquée, qui est celle des chamois. On franchit un petit col à 2 214 mètres, point culminant de la journée, puis on descend en vingt minutes vers le lac Perdu. Il est invisible jusqu'au dernier moment. L'eau est à neuf degrés, elle est verte, elle est à vous.

Le retour

Par le vallon de l'Ousse, en pente douce, jusqu'au hameau abandonné de Praz-Vieux, puis par la piste forestière. Une fontaine coule toute l'année devant l'ancienne école. De là, quarante minutes suffisent pour retrouver le parking. La dernière navette redescend à 18 h 40 ; le chauffeur attend volontiers deux minutes, mais pas trois.

À savoir

- Chiens tenus en laisse dans la réserve, c'est-à-dire entre les deux premiers lacs.
- Pas de baignade au lac Menu avant le 15 juin, à cause de la reproduction des tritons.
- Bivouac autorisé au lac Perdu entre 19 heures et 9 heures.
- En cas d'orage, ne vous arrêtez pas au col : la cabane n'a pas de paratonnerre.

Vous aimerez aussi
Le balcon des Écorces (4 h) | La croix de Bise en raquettes | Dix refuges où l'on mange bien

Commentaires

marmotte73 : Fait samedi avec les enfants (8 et 11 ans), aucun problème. La main courante rassure. Merci pour le topo !

Ghislain P. : Attention, la passerelle avant Praz-Vieux a été emportée par la crue de mai. On passe à gué, ce n'est pas difficile mais on se mouille.

Apolline Sauvageot : Merci Ghislain, j'ai prévenu la commune. La passerelle doit être reposée la première semaine de juillet.

lulu_des_cimes : La tarte est passée à 9,50 €, scandale.

© Les Sentiers du Haut-Vernay · Mentions légales · Gérer les cookies · Contact
"""
