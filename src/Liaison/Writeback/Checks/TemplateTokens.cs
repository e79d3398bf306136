namespace Liaison.Writeback.Checks;

/// <summary>Tokens that CRMs fill in when they send a text as a mail: <c>{{ }}</c> and <c>{% %}</c> of HubSpot, <c>{! }</c> of Salesforce.</summary>
internal static class TemplateTokens
{
    public static bool StandIn(string text) =>
        Encloses(text, "{{", "}}") || Encloses(text, "{%", "%}") || Encloses(text, "{!", "}") || Encloses(text, "{#", "#}");

    private static bool Encloses(string text, string open, string close)
    {
        var at = text.IndexOf(open, StringComparison.Ordinal);
        return at >= 0 && text.IndexOf(close, at + open.Length, StringComparison.Ordinal) >= 0;
    }
}
