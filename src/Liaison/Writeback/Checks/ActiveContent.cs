using Liaison.Failures;
using Liaison.Model;
using Liaison.Normalization;

namespace Liaison.Writeback.Checks;

/// <summary>What in a text may act, hide or deceive where the text is shown, exported or sent on.</summary>
internal enum ContentThreat
{
    ControlCharacter,
    DirectionTrick,
    InvisibleCharacter,
    BrokenCharacter,
    Formula,
    Script,
    TemplateToken,
    Markup,
}

/// <summary>Refuses script, formulas, control characters and bidirectional tricks in a value (R224).</summary>
/// <remarks>
/// Refused and not mended: a text from which something was cut says something that nobody wrote. Line breaks and tabs are text like
/// any other, since no CRM says reliably which of its fields have one line; a carriage return stands only before a line feed.
/// </remarks>
internal static class ActiveContent
{
    /// <summary>Gives the refusal, which names the field and what kind of thing was found; <see langword="null"/> for harmless values.</summary>
    public static Failure? Check(FieldDefinition field, FieldValue value) => ThreatOf(value) is { } threat
        ? ValueWriter.Refuse(field, $"takes no {NameOf(threat)}; write it in plain words")
        : null;

    /// <summary>Gives the refusal of what a proposer says of a change; <see langword="null"/> for harmless words.</summary>
    public static Failure? CheckReason(string reason) => In(reason) is { } threat
        ? new Failure(FailureKind.Invalid, $"The reason takes no {NameOf(threat)}; write it in plain words.") { Field = "reason" }
        : null;

    /// <summary>Finds the first threat of a plain text.</summary>
    public static ContentThreat? In(string text) =>
        HiddenCharacters.In(text) is { } hidden ? hidden
        : SpreadsheetFormula.Is(text) ? ContentThreat.Formula
        : TemplateTokens.StandIn(text) ? ContentThreat.TemplateToken
        : ActiveMarkup.StandsIn(text) ? ContentThreat.Script
        : null;

    /// <summary>Finds the first threat of a marked-up text, in its source and in what a reader would see of it.</summary>
    public static ContentThreat? InHtml(string html)
    {
        var letters = HtmlNodes.LettersOf(html);
        return (HiddenCharacters.In(html) ?? HiddenCharacters.In(letters)) is { } hidden ? hidden
            : ActiveMarkup.StandsIn(html) ? ContentThreat.Script
            : !RichMarkup.IsHarmless(html) ? ContentThreat.Markup
            : SpreadsheetFormula.Is(html) || SpreadsheetFormula.Is(letters) ? ContentThreat.Formula
            : TemplateTokens.StandIn(html) || TemplateTokens.StandIn(letters) ? ContentThreat.TemplateToken
            : null;
    }

    private static ContentThreat? ThreatOf(FieldValue value) => value switch
    {
        FieldValue.Text text => In(text.Value),
        FieldValue.RichText rich => InHtml(rich.Html),
        FieldValue.Option option => In(option.Value) ?? In(option.Label),
        FieldValue.OptionList list => list.Options.Select(ThreatOf).FirstOrDefault(threat => threat is not null),
        FieldValue.Reference reference => In(reference.Id),
        FieldValue.Unreadable unreadable => In(unreadable.Raw),
        _ => null,
    };

    private static string NameOf(ContentThreat threat) => threat switch
    {
        ContentThreat.ControlCharacter => "control characters",
        ContentThreat.DirectionTrick => "characters that turn the direction of reading",
        ContentThreat.InvisibleCharacter => "invisible characters",
        ContentThreat.BrokenCharacter => "broken characters",
        ContentThreat.Formula => "formula that a spreadsheet would run",
        ContentThreat.Script => "script or link that runs one",
        ContentThreat.TemplateToken => "template token that a CRM would fill in",
        ContentThreat.Markup => "markup beyond plain formatting, links and tables",
    };
}
