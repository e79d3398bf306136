namespace Liaison.Writeback.Checks;

/// <summary>The parts that a formula is made of, as far as they tell it from a text.</summary>
internal enum FormulaPart
{
    Gap,
    Operator,
    Number,
    Cell,
    Call,
    Word,
}

/// <summary>Reads formulas part by part.</summary>
internal static class FormulaParts
{
    private const int MostColumnLetters = 3;
    private const int MostRowDigits = 7;

    /// <summary>Reads the first part of a text that is not empty.</summary>
    /// <returns>Its length.</returns>
    public static int Read(ReadOnlySpan<char> text, out FormulaPart kind)
    {
        var sign = text[0];
        if (sign == '"' || (sign == '\'' && text[1..].IndexOf("'!", StringComparison.Ordinal) >= 0))
        {
            var end = text[1..].IndexOf(sign);
            kind = end < 0 ? FormulaPart.Word : FormulaPart.Cell;
            return end < 0 ? text.Length : end + 2;
        }

        if (!IsWordSign(sign))
        {
            kind = char.IsWhiteSpace(sign) || sign is '(' or ')' or '{' or '}' or '[' or ']' ? FormulaPart.Gap
                : "+-*/^&=<>:,;%!|@#.".Contains(sign, StringComparison.Ordinal) ? FormulaPart.Operator
                : FormulaPart.Word;
            return 1;
        }

        var length = 1;
        while (length < text.Length && (IsWordSign(text[length]) || (text[length] == '.' && length + 1 < text.Length && IsWordSign(text[length + 1]))))
        {
            length++;
        }

        kind = KindOf(text[..length], text[length..]);
        return length;
    }

    private static FormulaPart KindOf(ReadOnlySpan<char> word, ReadOnlySpan<char> rest) => rest switch
    {
        _ when char.IsAsciiDigit(word.TrimStart('$') is [var first, ..] ? first : ' ') => FormulaPart.Number,
        ['(', ..] => FormulaPart.Call,
        ['|', ..] when rest.Contains('!') => FormulaPart.Call,
        ['!', var next, ..] when IsWordSign(next) => FormulaPart.Cell,
        _ => IsCell(word) ? FormulaPart.Cell : FormulaPart.Word,
    };

    /// <summary>Whether this names a cell, as <c>A1</c> and <c>$AB$12</c> do.</summary>
    private static bool IsCell(ReadOnlySpan<char> word)
    {
        var column = word.TrimStart('$');
        var letters = column.Length - column.TrimStart("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz").Length;
        var row = column[letters..].TrimStart('$');
        return letters is > 0 and <= MostColumnLetters && row.Length is > 0 and <= MostRowDigits && row[0] != '0'
            && !row.ContainsAnyExceptInRange('0', '9');
    }

    private static bool IsWordSign(char sign) => char.IsLetterOrDigit(sign) || sign is '_' or '$';
}
