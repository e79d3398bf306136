using System.Collections.Frozen;

namespace Liaison.Pipelines.Scorecards;

/// <summary>Countries as people and CRMs type them, by ISO 3166 code.</summary>
/// <remarks>The names of each country in English and at home, and in the languages of its neighbours where CRMs are full of them.</remarks>
internal static class Countries
{
    // Two letters, three letters, names.
    private const string Table = """
        AE ARE United Arab Emirates|UAE|Emirates
        AR ARG Argentina|Argentine|Argentinien
        AT AUT Austria|Österreich|Oesterreich|Autriche
        AU AUS Australia|Australien|Australie
        BA BIH Bosnia and Herzegovina|Bosna i Hercegovina
        BD BGD Bangladesh
        BE BEL Belgium|België|Belgique|Belgien
        BG BGR Bulgaria|България|Bulgarien
        BH BHR Bahrain
        BR BRA Brazil|Brasil|Brasilien|Brésil
        CA CAN Canada|Kanada
        CH CHE Switzerland|Schweiz|Suisse|Svizzera|Swiss
        CL CHL Chile
        CN CHN China|中国|PRC|Peoples Republic of China|People's Republic of China
        CO COL Colombia|Kolumbien
        CR CRI Costa Rica
        CY CYP Cyprus|Κύπρος|Zypern
        CZ CZE Czech Republic|Czechia|Česko|Česká republika|Tschechien
        DE DEU Germany|Deutschland|Allemagne|Alemania|Germania|Niemcy|Tyskland|Federal Republic of Germany|BRD
        DK DNK Denmark|Danmark|Dänemark|Danemark
        DZ DZA Algeria|Algérie
        EC ECU Ecuador
        EE EST Estonia|Eesti|Estland
        EG EGY Egypt|Ägypten|Égypte
        ES ESP Spain|España|Spanien|Espagne|Spagna
        FI FIN Finland|Suomi|Finnland
        FR FRA France|Frankreich|Francia|République française|Frankrijk|Fransa
        GB GBR United Kingdom|UK|U.K.|Great Britain|Britain|England|Scotland|Wales|Northern Ireland|Großbritannien|Royaume-Uni|Vereinigtes Königreich
        GH GHA Ghana
        GR GRC Greece|Ελλάδα|Griechenland|Hellas
        HK HKG Hong Kong|香港
        HR HRV Croatia|Hrvatska|Kroatien
        HU HUN Hungary|Magyarország|Ungarn
        ID IDN Indonesia|Indonesien
        IE IRL Ireland|Éire|Republic of Ireland|Irland
        IL ISR Israel
        IN IND India|Bharat|Indien|Inde
        IQ IRQ Iraq
        IR IRN Iran
        IS ISL Iceland|Ísland
        IT ITA Italy|Italia|Italien|Italie|Włochy
        JO JOR Jordan
        JP JPN Japan|日本|Nippon|Nihon|Japon
        KE KEN Kenya
        KR KOR South Korea|Korea|Republic of Korea|대한민국|한국
        KW KWT Kuwait
        LB LBN Lebanon
        LI LIE Liechtenstein
        LK LKA Sri Lanka
        LT LTU Lithuania|Lietuva|Litauen
        LU LUX Luxembourg|Luxemburg
        LV LVA Latvia|Latvija|Lettland
        MA MAR Morocco|Maroc|Marokko
        MT MLT Malta
        MX MEX Mexico|México|Méjico|Mexiko
        MY MYS Malaysia
        NG NGA Nigeria
        NL NLD Netherlands|The Netherlands|Nederland|Holland|Niederlande|Pays-Bas|Países Bajos
        NO NOR Norway|Norge|Norwegen
        NP NPL Nepal
        NZ NZL New Zealand|Aotearoa|Neuseeland
        OM OMN Oman
        PE PER Peru|Perú
        PH PHL Philippines|Pilipinas
        PK PAK Pakistan
        PL POL Poland|Polska|Polen|Pologne
        PR PRI Puerto Rico
        PT PRT Portugal
        QA QAT Qatar
        RO ROU Romania|România|Rumänien
        RS SRB Serbia|Srbija|Serbien
        RU RUS Russia|Россия|Russian Federation|Russland
        SA SAU Saudi Arabia|KSA
        SE SWE Sweden|Sverige|Schweden|Suède|Szwecja
        SG SGP Singapore|Singapur
        SI SVN Slovenia|Slovenija|Slowenien
        SK SVK Slovakia|Slovensko|Slowakei
        TH THA Thailand
        TN TUN Tunisia|Tunisie
        TR TUR Turkey|Türkiye|Türkei|Turquie
        TW TWN Taiwan|台灣|臺灣
        TZ TZA Tanzania
        UA UKR Ukraine|Україна
        UG UGA Uganda
        US USA United States|United States of America|U.S.|U.S.A.|America|Vereinigte Staaten|Estados Unidos|États-Unis|Stati Uniti
        UY URY Uruguay
        VE VEN Venezuela
        VN VNM Vietnam|Viet Nam|Việt Nam
        ZA ZAF South Africa|RSA|Südafrika
        """;

    private static readonly FrozenDictionary<string, string> Codes = Table
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .SelectMany(line => line[7..].Split('|').Concat([line[..2], line[3..6]]).Select(name => (Name: FoldedText.Of(name), Code: line[..2])))
        .DistinctBy(entry => entry.Name)
        .ToFrozenDictionary(entry => entry.Name, entry => entry.Code, StringComparer.Ordinal);

    /// <summary>Gives the two-letter code; <see langword="null"/> for what is no country that is known here.</summary>
    public static string? CodeOf(string text) => Codes.GetValueOrDefault(FoldedText.Of(text));
}
