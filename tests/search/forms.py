"""Words of the domain with their forms: services, target groups, situations, places, adjectives, verbs."""

FORMS = """
    pakalpojums: pakalpojuma pakalpojumam pakalpojumu pakalpojumā pakalpojumi pakalpojumiem pakalpojumus pakalpojumos
    bērns: bērna bērnam bērnu bērnā bērni bērniem bērnus bērnos
    ģimene: ģimenes ģimenei ģimeni ģimenē ģimeņu ģimenēm ģimenēs
    audžuģimene: audžuģimenes audžuģimenei audžuģimeni audžuģimenē audžuģimeņu audžuģimenēm audžuģimenēs
    rehabilitācija: rehabilitācijas rehabilitācijai rehabilitāciju rehabilitācijā rehabilitācijām rehabilitācijās
    konsultācija: konsultācijas konsultācijai konsultāciju konsultācijā konsultācijām konsultācijās
    institūcija: institūcijas institūcijai institūciju institūcijā institūcijām institūcijās
    krīze: krīzes krīzei krīzi krīzē krīžu krīzēm krīzēs
    centrs: centra centram centru centrā centri centriem centrus centros
    vardarbība: vardarbības vardarbībai vardarbību vardarbībā vardarbībām
    patvērums: patvēruma patvērumam patvērumu patvērumā patvērumi
    patversme: patversmes patversmei patversmi patversmē patversmju patversmēm patversmēs
    aprūpe: aprūpes aprūpei aprūpi aprūpē aprūpju aprūpēm
    māja: mājas mājai māju mājā mājām mājās
    asistents: asistenta asistentam asistentu asistentā asistenti asistentiem asistentus
    jaunietis: jaunieša jaunietim jaunieti jaunietī jaunieši jauniešu jauniešiem jauniešus jauniešos
    sieviete: sievietes sievietei sievieti sievietē sieviešu sievietēm sievietēs
    vīrietis: vīrieša vīrietim vīrieti vīrieši vīriešu vīriešiem vīriešus
    vecāki: vecāku vecākiem vecākus vecākos
    seniors: seniora senioram senioru seniori senioriem seniorus
    bārenis: bāreņa bārenim bāreni bāreņi bāreņu bāreņiem bāreņus
    invaliditāte: invaliditātes invaliditātei invaliditāti invaliditātē
    atkarība: atkarības atkarībai atkarību atkarībā atkarībām atkarībās
    traucējums: traucējuma traucējumam traucējumu traucējumi traucējumiem traucējumus traucējumos
    palīdzība: palīdzības palīdzībai palīdzību palīdzībā
    pašvaldība: pašvaldības pašvaldībai pašvaldību pašvaldībā pašvaldībām pašvaldībās
    dienests: dienesta dienestam dienestu dienestā dienesti dienestiem dienestus dienestos
    sniedzējs: sniedzēja sniedzējam sniedzēju sniedzējā sniedzēji sniedzējiem sniedzējus
    biedrība: biedrības biedrībai biedrību biedrībā biedrībām biedrībās
    nodibinājums: nodibinājuma nodibinājumam nodibinājumu nodibinājumi nodibinājumiem
    mājoklis: mājokļa mājoklim mājokli mājoklī mājokļi mājokļu mājokļiem mājokļus mājokļos
    dzīvoklis: dzīvokļa dzīvoklim dzīvokli dzīvoklī dzīvokļi dzīvokļu dzīvokļiem
    bezdarbnieks: bezdarbnieka bezdarbniekam bezdarbnieku bezdarbnieki bezdarbniekiem bezdarbniekus
    bēglis: bēgļa bēglim bēgli bēgļi bēgļu bēgļiem bēgļus
    iestāde: iestādes iestādei iestādi iestādē iestāžu iestādēm iestādēs
    kvalitāte: kvalitātes kvalitātei kvalitāti kvalitāšu kvalitātēm
    valsts: valstij valsti valstī valstu valstīm valstīs
    cilvēks: cilvēka cilvēkam cilvēku cilvēkā cilvēki cilvēkiem cilvēkus cilvēkos
    skolotājs: skolotāja skolotājam skolotāju skolotāji skolotājiem skolotājus skolotājos
    darbinieks: darbinieka darbiniekam darbinieku darbinieki darbiniekiem darbiniece darbinieces darbiniecei
    ziņa: ziņas ziņai ziņu ziņā ziņām ziņās
    interese: intereses interesei interesi interesē interešu interesēm
    adrese: adreses adresei adresi adresē adrešu adresēm
    maltīte: maltītes maltītei maltīti maltītē maltīšu maltītēm
    process: procesa procesam procesu procesā procesi procesiem procesus procesos
    brīdis: brīža brīdim brīdi brīdī brīži brīžu brīžiem brīžus brīžos
    ceļš: ceļa ceļam ceļu ceļā ceļi ceļiem ceļus ceļos
    pārskats: pārskata pārskatam pārskatu pārskatā pārskati pārskatiem pārskatus pārskatos
    tiesa: tiesas tiesai tiesu tiesā tiesām tiesās
    kopējs: kopēja kopējam kopēju kopējā kopējie kopējais kopējiem kopējo
    Rīga: Rīgas Rīgai Rīgu Rīgā
    Valmiera: Valmieras Valmierai Valmieru Valmierā
    Sigulda: Siguldas Siguldai Siguldu Siguldā
    Cēsis: Cēsu Cēsīm Cēsīs
    Jelgava: Jelgavas Jelgavai Jelgavu Jelgavā
    Liepāja: Liepājas Liepājai Liepāju Liepājā
    Ventspils: Ventspilij Ventspili Ventspilī
    Daugavpils: Daugavpilij Daugavpili Daugavpilī
    Rēzekne: Rēzeknes Rēzeknei Rēzekni Rēzeknē
    Jūrmala: Jūrmalas Jūrmalai Jūrmalu Jūrmalā
    Ogre: Ogres Ogrei Ogri Ogrē
    Tukums: Tukuma Tukumam Tukumu Tukumā
    Kuldīga: Kuldīgas Kuldīgai Kuldīgu Kuldīgā
    Talsi: Talsu Talsiem Talsus Talsos
    Bauska: Bauskas Bauskai Bausku Bauskā
    Valka: Valkas Valkai Valku Valkā
    Limbaži: Limbažu Limbažiem Limbažus Limbažos
    Alūksne: Alūksnes Alūksnei Alūksni Alūksnē
    Gulbene: Gulbenes Gulbenei Gulbeni Gulbenē
    Madona: Madonas Madonai Madonu Madonā
    Saldus: Saldum Saldu Saldū
    Vidzeme: Vidzemes Vidzemei Vidzemi Vidzemē
    Kurzeme: Kurzemes Kurzemei Kurzemi Kurzemē
    Latgale: Latgales Latgalei Latgali Latgalē
    Zemgale: Zemgales Zemgalei Zemgali Zemgalē
    novads: novada novadam novadu novadā novadi novadiem novadus novados
    sociāls: sociāla sociālam sociālu sociālā sociālo sociālais sociālie sociāliem sociālajiem sociālajā sociālās
    ilgstošs: ilgstoša ilgstošu ilgstošā ilgstošas ilgstošo ilgstošais ilgstošajā
    grūts: grūta grūtu grūtā grūtās grūtais grūtajā
    liels: liela lielu lielā lielajam lielāks lielāka lielākais lielākajiem vislielākais
    nodrošināt: nodrošinātu nodrošinājis nodrošināšana nodrošināšanai nodrošināts nodrošinātas
    organizēt: organizēja organizējot organizēšana organizēts organizētu
    rūpēties: rūpējas rūpējās rūpējoties rūpēšanās
    palīdzēt: palīdz palīdzu palīdzot palīdzēja palīdzētu palīdzējis
    sniegt: sniedz sniedzot sniegts sniegta sniegšana sniegšanai sniegusi sniedza
    saņemt: saņemot saņemts saņemta saņemšana saņemšanai saņēma saņēmusi
"""


def pairs() -> list[tuple[str, str]]:
    """Each word with each of its other forms."""
    rows = [line.split(":") for line in FORMS.strip().splitlines()]
    return [(word.strip(), form) for word, forms in rows for form in forms.split()]
