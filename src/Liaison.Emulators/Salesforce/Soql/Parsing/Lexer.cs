using System.Buffers;

namespace Liaison.Emulators.Salesforce.Soql.Parsing;

/// <summary>Cuts a statement into tokens.</summary>
internal static class Lexer
{
    private static readonly SearchValues<char> WordSigns = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
    private static readonly string[] LongSigns = ["<=", ">=", "!=", "<>"];

    /// <summary>Reads all tokens, the last of which is the end; or the fault that stopped it.</summary>
    public static SoqlFault? Read(string text, List<Token> tokens)
    {
        var at = 0;
        while (true)
        {
            at = SkipBlank(text, at);
            if (at >= text.Length)
            {
                tokens.Add(new Token(TokenKind.End, text.Length, ""));
                return null;
            }

            var (kind, length) = Next(text.AsSpan(at));
            if (length == 0)
            {
                return text[at] == '\''
                    ? new SoqlFault("MALFORMED_QUERY", $"line {SoqlMessage.Row(text, at)}:{SoqlMessage.Column(text, at)} mismatched character '<EOF>' expecting '''")
                    : new SoqlFault("MALFORMED_QUERY", $"line {SoqlMessage.Row(text, at)}:{SoqlMessage.Column(text, at)} no viable alternative at character '{text[at]}'");
            }

            tokens.Add(new Token(kind, at, text.Substring(at, length)));
            at += length;
        }
    }

    private static int SkipBlank(string text, int at)
    {
        while (at < text.Length)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
            }
            else if (text.AsSpan(at).StartsWith("//"))
            {
                var end = text.IndexOf('\n', at);
                at = end < 0 ? text.Length : end + 1;
            }
            else if (text.AsSpan(at).StartsWith("/*") && text.IndexOf("*/", at + 2, StringComparison.Ordinal) is >= 0 and var end)
            {
                at = end + 2;
            }
            else
            {
                break;
            }
        }

        return at;
    }

    private static (TokenKind Kind, int Length) Next(ReadOnlySpan<char> rest) => rest[0] switch
    {
        '\'' => (TokenKind.Text, TextLength(rest)),
        >= '0' and <= '9' => Numeric(rest),
        '-' or '+' => rest.Length > 1 && char.IsAsciiDigit(rest[1]) ? (TokenKind.Number, NumberLength(rest)) : (TokenKind.Sign, 0),
        '<' or '>' or '!' => rest.Length > 1 && LongSigns.Contains(rest[..2].ToString()) ? (TokenKind.Sign, 2) : (TokenKind.Sign, rest[0] == '!' ? 0 : 1),
        '(' or ')' or ',' or '.' or '=' or ':' => (TokenKind.Sign, 1),
        var letter when char.IsAsciiLetter(letter) || letter == '_' => (TokenKind.Word, WordLength(rest)),
        _ => (TokenKind.Sign, 0),
    };

    private static int TextLength(ReadOnlySpan<char> rest)
    {
        for (var at = 1; at < rest.Length; at++)
        {
            switch (rest[at])
            {
                case '\\':
                    at++;
                    break;
                case '\'':
                    return at + 1;
            }
        }

        return 0;
    }

    private static int WordLength(ReadOnlySpan<char> rest)
    {
        var length = rest.IndexOfAnyExcept(WordSigns) is >= 0 and var end ? end : rest.Length;

        // A sum in a named currency is one token, its fraction included: USD5000.50.
        if (MoneyText.IsMatch(rest[..length]) && length + 1 < rest.Length && rest[length] == '.' && char.IsAsciiDigit(rest[length + 1]))
        {
            length += 1 + Digits(rest[(length + 1)..]);
        }

        return length;
    }

    private static (TokenKind Kind, int Length) Numeric(ReadOnlySpan<char> rest)
    {
        if (DateText.Length(rest) is > 0 and var date)
        {
            return DateText.TimeLength(rest[date..]) is > 0 and var time ? (TokenKind.DateTime, date + time) : (TokenKind.Date, date);
        }

        return DateText.TimeOfDayLength(rest) is > 0 and var day ? (TokenKind.Time, day) : (TokenKind.Number, NumberLength(rest));
    }

    private static int NumberLength(ReadOnlySpan<char> rest)
    {
        var length = char.IsAsciiDigit(rest[0]) ? 0 : 1;
        length += Digits(rest[length..]);
        if (length + 1 < rest.Length && rest[length] == '.' && char.IsAsciiDigit(rest[length + 1]))
        {
            length += 1 + Digits(rest[(length + 1)..]);
        }

        if (length < rest.Length && rest[length] is 'e' or 'E')
        {
            var sign = length + 1 < rest.Length && rest[length + 1] is '+' or '-' ? 2 : 1;
            var digits = length + sign < rest.Length ? Digits(rest[(length + sign)..]) : 0;
            length += digits > 0 ? sign + digits : 0;
        }

        return length;
    }

    private static int Digits(ReadOnlySpan<char> rest) => rest.IndexOfAnyExceptInRange('0', '9') is >= 0 and var end ? end : rest.Length;
}
