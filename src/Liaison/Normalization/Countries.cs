using System.Collections.Frozen;

namespace Liaison.Normalization;

/// <summary>Countries as people and CRMs type them, by ISO 3166 code.</summary>
/// <remarks>The names of each country in English and at home, and in the languages of its neighbours where CRMs are full of them.</remarks>
internal static class Countries
{
    // Two letters, three letters, names.
    private const string Table = """
        AD AND Andorra
        AE ARE United Arab Emirates|UAE|Emirates
        AF AFG Afghanistan
        AG ATG Antigua and Barbuda|Antigua & Barbuda
        AI AIA Anguilla
        AL ALB Albania|Shqipëria
        AM ARM Armenia
        AO AGO Angola
        AQ ATA Antarctica
        AR ARG Argentina|Argentine|Argentinien
        AS ASM American Samoa
        AT AUT Austria|Österreich|Oesterreich|Autriche
        AU AUS Australia|Australien|Australie
        AW ABW Aruba
        AX ALA Åland Islands|Åland
        AZ AZE Azerbaijan|Azərbaycan
        BA BIH Bosnia and Herzegovina|Bosnia & Herzegovina|Bosnia|Bosna i Hercegovina
        BB BRB Barbados
        BD BGD Bangladesh
        BE BEL Belgium|België|Belgique|Belgien
        BF BFA Burkina Faso
        BG BGR Bulgaria|България|Bulgarien
        BH BHR Bahrain
        BI BDI Burundi
        BJ BEN Benin|Bénin
        BL BLM St. Barthélemy|Saint Barthélemy
        BM BMU Bermuda
        BN BRN Brunei|Brunei Darussalam
        BO BOL Bolivia|Plurinational State of Bolivia|Bolivia (Plurinational State of)
        BQ BES Caribbean Netherlands|Bonaire, Sint Eustatius and Saba|Bonaire
        BR BRA Brazil|Brasil|Brasilien|Brésil
        BS BHS Bahamas|The Bahamas
        BT BTN Bhutan
        BV BVT Bouvet Island
        BW BWA Botswana
        BY BLR Belarus|Беларусь
        BZ BLZ Belize
        CA CAN Canada|Kanada
        CC CCK Cocos Islands|Cocos (Keeling) Islands
        CD COD Democratic Republic of the Congo|DR Congo|DRC|Congo - Kinshasa|Congo-Kinshasa
        CF CAF Central African Republic
        CG COG Congo|Republic of the Congo|Congo - Brazzaville|Congo-Brazzaville
        CH CHE Switzerland|Schweiz|Suisse|Svizzera|Swiss
        CI CIV Ivory Coast|Côte d'Ivoire|Côte d’Ivoire
        CK COK Cook Islands
        CL CHL Chile
        CM CMR Cameroon|Cameroun
        CN CHN China|中国|PRC|Peoples Republic of China|People's Republic of China
        CO COL Colombia|Kolumbien
        CR CRI Costa Rica
        CU CUB Cuba
        CV CPV Cape Verde|Cabo Verde
        CW CUW Curaçao
        CX CXR Christmas Island
        CY CYP Cyprus|Κύπρος|Zypern
        CZ CZE Czech Republic|Czechia|Česko|Česká republika|Tschechien
        DE DEU Germany|Deutschland|Allemagne|Alemania|Germania|Niemcy|Tyskland|Federal Republic of Germany|BRD
        DJ DJI Djibouti
        DK DNK Denmark|Danmark|Dänemark|Danemark
        DM DMA Dominica
        DO DOM Dominican Republic|República Dominicana
        DZ DZA Algeria|Algérie
        EC ECU Ecuador
        EE EST Estonia|Eesti|Estland
        EG EGY Egypt|Ägypten|Égypte
        EH ESH Western Sahara
        ER ERI Eritrea
        ES ESP Spain|España|Spanien|Espagne|Spagna
        ET ETH Ethiopia
        FI FIN Finland|Suomi|Finnland
        FJ FJI Fiji
        FK FLK Falkland Islands
        FM FSM Micronesia|Federated States of Micronesia|Micronesia (Federated States of)
        FO FRO Faroe Islands|Føroyar
        FR FRA France|Frankreich|Francia|République française|Frankrijk|Fransa
        GA GAB Gabon
        GB GBR United Kingdom|UK|U.K.|Great Britain|Britain|England|Scotland|Wales|Northern Ireland|Großbritannien|Royaume-Uni|Vereinigtes Königreich
        GD GRD Grenada
        GE GEO Georgia|Sakartvelo
        GF GUF French Guiana|Guyane
        GG GGY Guernsey
        GH GHA Ghana
        GI GIB Gibraltar
        GL GRL Greenland|Grønland
        GM GMB Gambia|The Gambia
        GN GIN Guinea|Guinée
        GP GLP Guadeloupe
        GQ GNQ Equatorial Guinea|Guinea Ecuatorial
        GR GRC Greece|Ελλάδα|Griechenland|Hellas
        GS SGS South Georgia & South Sandwich Islands|South Georgia and the South Sandwich Islands
        GT GTM Guatemala
        GU GUM Guam
        GW GNB Guinea-Bissau
        GY GUY Guyana
        HK HKG Hong Kong|香港
        HM HMD Heard & McDonald Islands|Heard Island and McDonald Islands
        HN HND Honduras
        HR HRV Croatia|Hrvatska|Kroatien
        HT HTI Haiti|Haïti
        HU HUN Hungary|Magyarország|Ungarn
        ID IDN Indonesia|Indonesien
        IE IRL Ireland|Éire|Republic of Ireland|Irland
        IL ISR Israel
        IM IMN Isle of Man
        IN IND India|Bharat|Indien|Inde
        IO IOT British Indian Ocean Territory
        IQ IRQ Iraq
        IR IRN Iran
        IS ISL Iceland|Ísland
        IT ITA Italy|Italia|Italien|Italie|Włochy
        JE JEY Jersey
        JM JAM Jamaica
        JO JOR Jordan
        JP JPN Japan|日本|Nippon|Nihon|Japon
        KE KEN Kenya
        KG KGZ Kyrgyzstan
        KH KHM Cambodia|Kampuchea
        KI KIR Kiribati
        KM COM Comoros
        KN KNA St. Kitts & Nevis|Saint Kitts and Nevis
        KP PRK North Korea|Democratic People's Republic of Korea|DPRK
        KR KOR South Korea|Korea|Republic of Korea|대한민국|한국
        KW KWT Kuwait
        KY CYM Cayman Islands
        KZ KAZ Kazakhstan|Қазақстан
        LA LAO Laos|Lao People's Democratic Republic
        LB LBN Lebanon
        LC LCA St. Lucia|Saint Lucia
        LI LIE Liechtenstein
        LK LKA Sri Lanka
        LR LBR Liberia
        LS LSO Lesotho
        LT LTU Lithuania|Lietuva|Litauen
        LU LUX Luxembourg|Luxemburg
        LV LVA Latvia|Latvija|Lettland
        LY LBY Libya
        MA MAR Morocco|Maroc|Marokko
        MC MCO Monaco
        MD MDA Moldova|Republic of Moldova
        ME MNE Montenegro|Crna Gora
        MF MAF St. Martin|Saint Martin|Saint Martin (French Part)
        MG MDG Madagascar
        MH MHL Marshall Islands
        MK MKD North Macedonia|Macedonia|Северна Македонија
        ML MLI Mali
        MM MMR Myanmar|Burma
        MN MNG Mongolia
        MO MAC Macao|Macau|澳門|China, Macao Special Administrative Region
        MP MNP Northern Mariana Islands
        MQ MTQ Martinique
        MR MRT Mauritania
        MS MSR Montserrat
        MT MLT Malta
        MU MUS Mauritius
        MV MDV Maldives
        MW MWI Malawi
        MX MEX Mexico|México|Méjico|Mexiko
        MY MYS Malaysia
        MZ MOZ Mozambique|Moçambique
        NA NAM Namibia
        NC NCL New Caledonia|Nouvelle-Calédonie
        NE NER Niger
        NF NFK Norfolk Island
        NG NGA Nigeria
        NI NIC Nicaragua
        NL NLD Netherlands|The Netherlands|Nederland|Holland|Niederlande|Pays-Bas|Países Bajos
        NO NOR Norway|Norge|Norwegen
        NP NPL Nepal
        NR NRU Nauru
        NU NIU Niue
        NZ NZL New Zealand|Aotearoa|Neuseeland
        OM OMN Oman
        PA PAN Panama|Panamá
        PE PER Peru|Perú
        PF PYF French Polynesia|Polynésie française
        PG PNG Papua New Guinea
        PH PHL Philippines|Pilipinas
        PK PAK Pakistan
        PL POL Poland|Polska|Polen|Pologne
        PM SPM St. Pierre & Miquelon|Saint Pierre and Miquelon
        PN PCN Pitcairn|Pitcairn Islands
        PR PRI Puerto Rico
        PS PSE Palestine|State of Palestine|Palestinian Territories
        PT PRT Portugal
        PW PLW Palau
        PY PRY Paraguay
        QA QAT Qatar
        RE REU Réunion
        RO ROU Romania|România|Rumänien
        RS SRB Serbia|Srbija|Serbien
        RU RUS Russia|Россия|Russian Federation|Russland
        RW RWA Rwanda
        SA SAU Saudi Arabia|KSA
        SB SLB Solomon Islands
        SC SYC Seychelles
        SD SDN Sudan
        SE SWE Sweden|Sverige|Schweden|Suède|Szwecja
        SG SGP Singapore|Singapur
        SH SHN St. Helena|Saint Helena
        SI SVN Slovenia|Slovenija|Slowenien
        SJ SJM Svalbard & Jan Mayen|Svalbard and Jan Mayen Islands
        SK SVK Slovakia|Slovensko|Slowakei
        SL SLE Sierra Leone
        SM SMR San Marino
        SN SEN Senegal|Sénégal
        SO SOM Somalia
        SR SUR Suriname
        SS SSD South Sudan
        ST STP São Tomé & Príncipe|Sao Tome and Principe
        SV SLV El Salvador
        SX SXM Sint Maarten|Sint Maarten (Dutch part)
        SY SYR Syria|Syrian Arab Republic
        SZ SWZ Eswatini|Swaziland
        TC TCA Turks & Caicos Islands|Turks and Caicos Islands
        TD TCD Chad|Tchad
        TF ATF French Southern Territories
        TG TGO Togo
        TH THA Thailand
        TJ TJK Tajikistan
        TK TKL Tokelau
        TL TLS Timor-Leste|East Timor
        TM TKM Turkmenistan
        TN TUN Tunisia|Tunisie
        TO TON Tonga
        TR TUR Turkey|Türkiye|Türkei|Turquie
        TT TTO Trinidad & Tobago|Trinidad and Tobago
        TV TUV Tuvalu
        TW TWN Taiwan|台灣|臺灣
        TZ TZA Tanzania
        UA UKR Ukraine|Україна
        UG UGA Uganda
        UM UMI U.S. Outlying Islands|United States Minor Outlying Islands
        US USA United States|United States of America|U.S.|U.S.A.|America|Vereinigte Staaten|Estados Unidos|États-Unis|Stati Uniti
        UY URY Uruguay
        UZ UZB Uzbekistan|Oʻzbekiston
        VA VAT Vatican City|Holy See|Vatican
        VC VCT St. Vincent & Grenadines|Saint Vincent and the Grenadines
        VE VEN Venezuela
        VG VGB British Virgin Islands|Virgin Islands (British)
        VI VIR U.S. Virgin Islands|United States Virgin Islands
        VN VNM Vietnam|Viet Nam|Việt Nam
        VU VUT Vanuatu
        WF WLF Wallis & Futuna|Wallis and Futuna Islands
        WS WSM Samoa
        YE YEM Yemen
        YT MYT Mayotte
        ZA ZAF South Africa|RSA|Südafrika
        ZM ZMB Zambia
        ZW ZWE Zimbabwe
        """;

    private static readonly FrozenDictionary<string, string> Codes = Table
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .SelectMany(line => line[7..].Split('|').Concat([line[..2], line[3..6]]).Select(name => (Name: FoldedText.Of(name), Code: line[..2])))
        .DistinctBy(entry => entry.Name)
        .ToFrozenDictionary(entry => entry.Name, entry => entry.Code, StringComparer.Ordinal);

    /// <summary>Gives the two-letter code; <see langword="null"/> for what is no country that is known here.</summary>
    public static string? CodeOf(string text) => Codes.GetValueOrDefault(FoldedText.Of(text));
}
