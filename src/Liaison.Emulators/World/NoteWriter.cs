namespace Liaison.Emulators.World;

/// <summary>Writes notes in the HTML that editors, pasted documents and integrations leave behind.</summary>
internal sealed class NoteWriter(Dice dice, Lexicon lexicon, Phrases phrases)
{
    public string Note(Profile person)
    {
        if (dice.Chance(MessRates.NoteHostile))
        {
            return dice.Pick(lexicon.HostileNotes);
        }

        var said = phrases.SaySome("note", person, 2);
        var (first, second) = (Html.Escape(said[0]), Html.Escape(said[1]));
        var site = person.Employer?.Domain ?? "harborworks.example";

        return dice.Weighted(22, 14, 12, 10, 14, 12, 8, 8) switch
        {
            0 => $"<p>{first}</p>",
            1 => $"<ul><li>{first}</li><li>{second}</li></ul>",
            2 => $"<div>{first} <a href=\"https://{site}/?utm_source=crm&amp;utm_medium=note\" target=\"_blank\" rel=\"noopener\">{site}</a></div>",
            3 => $"<p>{first}</p><img src=\"https://track.harborworks.example/o/{dice.Below(int.MaxValue):x8}.gif\" width=\"1\" height=\"1\" alt=\"\">",
            4 => Pasted(first, second),
            5 => $"<div dir=\"auto\"><p>{Entities(first)}&nbsp;&ndash;&nbsp;{Entities(second)}</p></div>",
            6 => $"<strong>{first}</strong><br><br>{second}<br>",
            _ => $"{first}\n{second}",
        };
    }

    public string Line(string key, Profile person) => Html.Escape(phrases.Say(key, person));

    // What a word processor puts on the clipboard.
    private static string Pasted(string first, string second) =>
        $"<!--[if gte mso 9]><xml><o:OfficeDocumentSettings/></xml><![endif]--><p class=\"MsoNormal\" style=\"mso-margin-top-alt:auto;"
        + $"line-height:107%\"><span lang=\"EN-US\" style=\"font-family:&quot;Calibri&quot;,sans-serif;mso-fareast-language:EN-US\">{first}<o:p></o:p></span></p>"
        + $"<p class=\"MsoListParagraph\" style=\"text-indent:-18.0pt;mso-list:l0 level1 lfo1\"><span style=\"mso-list:Ignore\">&middot;&nbsp;&nbsp;</span>{second}<o:p></o:p></p>";

    private static string Entities(string html) => html
        .Replace("ä", "&auml;", StringComparison.Ordinal)
        .Replace("ö", "&ouml;", StringComparison.Ordinal)
        .Replace("ü", "&uuml;", StringComparison.Ordinal)
        .Replace("é", "&eacute;", StringComparison.Ordinal)
        .Replace("ç", "&ccedil;", StringComparison.Ordinal)
        .Replace("'", "&#39;", StringComparison.Ordinal);
}
