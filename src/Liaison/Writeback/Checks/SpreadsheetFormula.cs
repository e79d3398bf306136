namespace Liaison.Writeback.Checks;

/// <summary>Tells a text that a spreadsheet would run when it opens an export, from one that merely begins with a sign.</summary>
/// <remarks>
/// A spreadsheet calculates what begins with <c>= + - @</c>, behind blanks and quotation marks too. Telephone numbers, negative sums,
/// bullets, handles and arrows begin so as well; what gives a formula away is what it can do: call a function, ask another
/// program (DDE), reach a cell. So the text is read as a formula would be, and the first bare word makes it a text.
/// </remarks>
internal static class SpreadsheetFormula
{
    public static bool Is(string text)
    {
        var rest = text.AsSpan().TrimStart(" \t\r\n\v\f\u00A0\u3000\uFEFF\"");
        if (rest.IsEmpty)
        {
            return false;
        }

        // In a Japanese spreadsheet the wide signs work like the narrow ones.
        var lead = rest[0] is >= '\uFF01' and <= '\uFF5E' ? (char)(rest[0] - 0xFEE0) : rest[0];
        return lead switch
        {
            '=' => IsExpression(rest[1..], Strictness.AnyOperand),

            // A sign with a blank behind it is a bullet: only a call can be meant by what follows.
            '+' or '-' => IsExpression(rest[1..], rest.Length > 1 && char.IsWhiteSpace(rest[1]) ? Strictness.Calls : Strictness.CellsInSums),
            '@' => IsExpression(rest[1..], Strictness.Calls),
            _ => false,
        };
    }

    private static bool IsExpression(ReadOnlySpan<char> text, Strictness strictness)
    {
        var operands = 0;
        var cells = 0;
        var operators = 0;
        while (!text.IsEmpty)
        {
            var length = FormulaParts.Read(text, out var part);
            switch (part)
            {
                case FormulaPart.Call:
                    return true;
                case FormulaPart.Word:
                    return false;
                case FormulaPart.Cell:
                    cells++;
                    operands++;
                    break;
                case FormulaPart.Number:
                    operands++;
                    break;
                case FormulaPart.Operator when operands > 0:
                    operators++;
                    break;
            }

            text = text[length..];
        }

        return strictness switch
        {
            Strictness.AnyOperand => operands > 0,
            Strictness.CellsInSums => cells > 0 && operands > 1 && operators > 0,
            Strictness.Calls => false,
        };
    }

    /// <summary>What makes a formula of a text in which no word stood.</summary>
    private enum Strictness
    {
        AnyOperand,
        CellsInSums,
        Calls,
    }
}
