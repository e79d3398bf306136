using System.Globalization;

namespace Liaison.Emulators.World;

/// <summary>One message of an e-mail thread, as plain lines and as the sending program shaped it.</summary>
internal sealed record Message(string Sender, string Address, DateTimeOffset At, string Subject, IReadOnlyList<string> Lines, string Html);

internal readonly record struct HeaderLine(string Label, string Value);

/// <summary>Writes e-mails that quote what they answer, each in the manner of its program, with a signature below.</summary>
internal sealed class ThreadWriter(Dice dice, Lexicon lexicon, Phrases phrases)
{
    public Message Write(Profile person, WorldOwner rep, bool incoming, DateTimeOffset at, string subject, Message? answered)
    {
        var sender = incoming ? $"{person.Given.Own} {person.Surname.Own}" : $"{rep.FirstName} {rep.LastName}";
        var address = incoming ? (person.Entry.Email ?? $"office@{person.Employer?.Domain ?? "mail.example"}").Trim() : rep.Email;
        var own = Own(person, rep, sender, address, incoming);
        var draft = new Message(sender, address, at, subject, own, "");

        if (answered is null)
        {
            return draft with { Html = dice.Chance(0.5) ? $"<div dir=\"ltr\">{Html.Lines(own)}</div>" : Paragraphs(own) };
        }

        return dice.Weighted(35, 30, 25, 10) switch
        {
            0 => Quoted(draft, person, answered),
            1 => Webmail(draft, person, answered),
            2 => HeaderBlock(draft, person, answered),
            _ => OriginalMessage(draft, person, answered),
        };
    }

    private List<string> Own(Profile person, WorldOwner rep, string sender, string address, bool incoming)
    {
        var greeting = incoming
            ? phrases.Greet(person, WrittenName.Parse(rep.FirstName), WrittenName.Parse(rep.LastName))
            : phrases.Greet(person, person.Given, person.Surname);
        var lines = new List<string> { greeting, "" };
        lines.AddRange(phrases.SaySome("mail", person, dice.Between(1, 3)));

        if (incoming && dice.Chance(MessRates.NoteHostile))
        {
            lines.Add(dice.Pick(lexicon.HostileNotes));
        }

        lines.AddRange(["", phrases.Say("ask", person), "", phrases.Say("bye", person)]);
        lines.AddRange(dice.Chance(0.2) ? ["", phrases.Say("mobile", person)] : Signature(person, sender, address, incoming));

        return lines;
    }

    private string[] Signature(Profile person, string sender, string address, bool incoming) =>
        [.. dice.Pick(lexicon.Shared["signature"])
            .Replace("{name}", sender, StringComparison.Ordinal)
            .Replace("{title}", incoming ? person.Entry.JobTitle ?? "" : "Account Executive", StringComparison.Ordinal)
            .Replace("{company}", incoming ? person.Employer?.PlainName ?? "" : "Harborworks", StringComparison.Ordinal)
            .Replace("{phone}", incoming ? person.Entry.Phone ?? "" : "+1 (212) 555-0100", StringComparison.Ordinal)
            .Replace("{domain}", incoming ? person.Employer?.Domain ?? "mail.example" : "harborworks.example", StringComparison.Ordinal)
            .Replace("{email}", address, StringComparison.Ordinal)
            .Replace("{city}", person.City.Name, StringComparison.Ordinal)
            .Split(';')];

    private Message Quoted(Message draft, Profile person, Message answered)
    {
        var lines = draft.Lines.Concat(["", Wrote(person, answered), ""]).Concat(answered.Lines.Select(line => "> " + line)).ToList();

        return draft with { Lines = lines, Html = dice.Chance(0.5) ? $"<pre>{string.Join('\n', lines.Select(Html.Escape))}</pre>" : Html.Lines(lines) };
    }

    private Message Webmail(Message draft, Profile person, Message answered)
    {
        var wrote = Wrote(person, answered);

        return draft with
        {
            Lines = [.. draft.Lines, "", wrote, .. answered.Lines.Select(line => "> " + line)],
            Html = $"<div dir=\"ltr\">{Html.Lines(draft.Lines)}</div><br><div class=\"gmail_quote\"><div dir=\"ltr\" class=\"gmail_attr\">"
                + $"{Html.Escape(wrote)}<br></div><blockquote class=\"gmail_quote\" style=\"margin:0 0 0 .8ex;border-left:1px solid #ccc;"
                + $"padding-left:1ex\">{answered.Html}</blockquote></div>",
        };
    }

    private static Message HeaderBlock(Message draft, Profile person, Message answered)
    {
        var header = Header(draft, person, answered);
        var labelled = header.Select(line => $"<b>{line.Label}:</b> {Html.Escape(line.Value)}");

        return draft with
        {
            Lines = [.. draft.Lines, "", .. header.Select(line => $"*{line.Label}:* {line.Value}"), "", .. answered.Lines],
            Html = Paragraphs(draft.Lines)
                + "<div style=\"border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm\">"
                + $"<p class=\"MsoNormal\">{string.Join("<br>", labelled)}<o:p></o:p></p></div>{answered.Html}",
        };
    }

    private static Message OriginalMessage(Message draft, Profile person, Message answered)
    {
        IReadOnlyList<string> lines =
        [
            .. draft.Lines, "", "-----Original Message-----",
            .. Header(draft, person, answered).Select(line => $"{line.Label}: {line.Value}"), "", .. answered.Lines,
        ];

        return draft with { Lines = lines, Html = Html.Lines(lines) };
    }

    private static HeaderLine[] Header(Message draft, Profile person, Message answered)
    {
        var labels = person.Market.Phrases["outlook"][0].Split(';');

        return
        [
            new(labels[0], $"{answered.Sender} <{answered.Address}>"),
            new(labels[1], $"{Phrases.Day(person.Market, answered.At)} {Clock(answered)}"),
            new(labels[2], $"{draft.Sender} <{draft.Address}>"),
            new(labels[3], answered.Subject),
        ];
    }

    private string Wrote(Profile person, Message answered) => phrases.Say("wrote", person)
        .Replace("{date}", Phrases.Day(person.Market, answered.At), StringComparison.Ordinal)
        .Replace("{time}", Clock(answered), StringComparison.Ordinal)
        .Replace("{name}", answered.Sender, StringComparison.Ordinal)
        .Replace("{email}", answered.Address, StringComparison.Ordinal);

    private static string Clock(Message message) => message.At.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static string Paragraphs(IEnumerable<string> lines) =>
        string.Concat(lines.Select(line => $"<p class=\"MsoNormal\">{(line.Length == 0 ? "&nbsp;" : Html.Escape(line))}<o:p></o:p></p>"));
}
