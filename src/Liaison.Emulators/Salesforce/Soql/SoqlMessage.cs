namespace Liaison.Emulators.Salesforce.Soql;

/// <summary>Messages of the platform's shape: the statement around the fault, a caret, row and column (recorded in contract section 6.4).</summary>
internal static class SoqlMessage
{
    private const int Before = 60;
    private const int Behind = 40;

    public static SoqlFault Unexpected(string text, int at, string token) => At("MALFORMED_QUERY", text, at, $"unexpected token: '{token}'");

    public static SoqlFault At(string code, string text, int at, string detail)
    {
        var lineStart = at == 0 ? 0 : text.LastIndexOf('\n', Math.Min(at, text.Length) - 1) + 1;
        var lineEnd = text.IndexOf('\n', Math.Min(at, text.Length)) is >= 0 and var end ? end : text.Length;
        var from = Math.Max(lineStart, at - Before);
        var shown = text[from..Math.Min(lineEnd, at + Behind)].Replace('\r', ' ').Replace('\t', ' ');
        return new SoqlFault(code, $"\n{shown}\n{new string(' ', at - from)}^\nERROR at Row:{Row(text, at)}:Column:{Column(text, at)}\n{detail}");
    }

    public static int Row(string text, int at) => text.AsSpan(0, at).Count('\n') + 1;

    public static int Column(string text, int at) => at - (at == 0 ? 0 : text.LastIndexOf('\n', at - 1) + 1) + 1;
}
