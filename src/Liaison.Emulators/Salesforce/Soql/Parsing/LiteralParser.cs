using System.Globalization;
using Liaison.Emulators.Salesforce.Soql.Syntax;

namespace Liaison.Emulators.Salesforce.Soql.Parsing;

/// <summary>Reads values.</summary>
internal sealed class LiteralParser(TokenReader tokens)
{
    private const int LongestText = 4_000;

    public SoqlLiteral? Literal()
    {
        var mark = tokens.Mark;
        var token = tokens.Current;
        SoqlLiteral? literal = token.Kind switch
        {
            TokenKind.Text => Text(pattern: false) is { } text ? new SoqlLiteral.Text(text, mark) : null,
            TokenKind.Number => NumberText.Read(token) is { } number ? new SoqlLiteral.Number(number, mark) : null,
            TokenKind.Date => DateText.Date(token.Raw) is { } date ? new SoqlLiteral.Date(date, mark) : null,
            TokenKind.DateTime => DateText.Moment(token.Raw) is { } moment ? new SoqlLiteral.DateTime(moment, mark) : null,
            TokenKind.Time => DateText.TimeOfDay(token.Raw) is { } time ? new SoqlLiteral.Time(time, mark) : null,
            TokenKind.Word => Word(token.Raw, mark),
            TokenKind.Sign or TokenKind.End => null,
        };
        if (literal is null)
        {
            if (token.Is(":"))
            {
                tokens.Refuse(token.Start, "Bind variables only allowed in Apex code");
            }

            tokens.Unexpected();
            return null;
        }

        tokens.Take();
        return literal;
    }

    /// <summary>Reads the text behind LIKE.</summary>
    public SoqlLiteral.Pattern? Pattern()
    {
        var mark = tokens.Mark;
        if (tokens.Current.Kind != TokenKind.Text)
        {
            tokens.Unexpected();
            return null;
        }

        if (Text(pattern: true) is not { } text)
        {
            return null;
        }

        tokens.Take();
        return new SoqlLiteral.Pattern(text, mark);
    }

    private string? Text(bool pattern)
    {
        var token = tokens.Current;
        if (token.Raw.Length - 2 > LongestText)
        {
            tokens.Refuse(token.Start, $"A string literal in WHERE has more than {LongestText} characters.");
            return null;
        }

        var text = TextEscapes.Read(token.Raw.AsSpan(1, token.Raw.Length - 2), pattern, out var wrongAt);
        if (wrongAt < 0)
        {
            return text;
        }

        tokens.Refuse(token.Start + 1 + wrongAt, $"Invalid string literal {token.Raw}. Illegal character sequence '{token.Raw.Substring(wrongAt + 1, 2)}' in string literal.");
        return null;
    }

    private SoqlLiteral? Word(string word, SourceMark mark)
    {
        if (word.Equals("null", StringComparison.OrdinalIgnoreCase))
        {
            return new SoqlLiteral.Nothing(mark);
        }

        if (bool.TryParse(word, out var flag))
        {
            return new SoqlLiteral.Flag(flag, mark);
        }

        if (DateLiterals.TryFixed(word, out var found))
        {
            return new SoqlLiteral.Relative(found.Kind, found.Unit, found.Count, mark);
        }

        if (DateLiterals.TryCounted(word, out var counted))
        {
            return Counted(counted, mark);
        }

        return MoneyText.IsMatch(word) && decimal.TryParse(word.AsSpan(3), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            ? new SoqlLiteral.Money(word[..3], amount, mark)
            : null;
    }

    private SoqlLiteral.Relative? Counted((RelativeKind Kind, DateUnit Unit) found, SourceMark mark)
    {
        tokens.Take();
        return tokens.Expect(":") && NumberText.Count(tokens.Current) is { } count
            ? new SoqlLiteral.Relative(found.Kind, found.Unit, count, mark)
            : null;
    }
}
