using Liaison.Failures;

namespace Liaison.Reading.Filters;

/// <summary>An operator with its operands, as read.</summary>
internal sealed record ReadOperator(FilterOperator Operator, IReadOnlyList<FilterOperand> Operands);

/// <summary>Reads what follows a field: the operator in whichever words, and its values.</summary>
internal sealed class OperatorReading(IReadOnlyList<FilterToken> tokens)
{
    /// <summary>Tells whether an operator begins here, so that the words before it are the field.</summary>
    public bool BeginsAt(int index)
    {
        if (tokens[index].Kind == FilterTokenKind.Sign)
        {
            return true;
        }

        // Words that fields bear too ("opted in", "depends on", "has pool") count only with what must follow them.
        return tokens[index].Is("is")
            || OperatorPhrases.Match(tokens, index) is { NeedsIs: false } phrase && FitsAfter(phrase, index + phrase.Length);
    }

    /// <summary>Reads the operator and its operands and moves past them.</summary>
    public Result<ReadOperator> Read(ref int at)
    {
        var found = tokens[at];
        if (found.Kind == FilterTokenKind.Sign)
        {
            at++;
            return One(OperatorPhrases.OfSign(found.Text), ref at);
        }

        if (!found.Is("is") && !BeginsAt(at))
        {
            return FilterFault.Expected(found, "an operator such as \"is\", \"=\", \">\", \"contains\", \"in\" or \"is empty\"");
        }

        at += found.Is("is") ? 1 : 0;
        if (OperatorPhrases.Match(tokens, at) is { } phrase && FitsAfter(phrase, at + phrase.Length))
        {
            at += phrase.Length;
            return Operands(phrase, ref at);
        }

        var negated = tokens[at].Is("not");
        at += negated ? 1 : 0;
        return One(negated ? FilterOperator.NotEqual : FilterOperator.Equal, ref at);
    }

    private bool FitsAfter(OperatorPhrase phrase, int next) => phrase.Operator switch
    {
        FilterOperator.In or FilterOperator.NotIn => tokens[next].Kind == FilterTokenKind.Open,
        FilterOperator.IsEmpty or FilterOperator.HasValue =>
            tokens[next].Kind is not (FilterTokenKind.Word or FilterTokenKind.Quoted) || tokens[next].Is("and") || tokens[next].Is("or"),
        _ when phrase.Ordered => tokens[next].Kind == FilterTokenKind.Quoted || LooksOrdered(tokens[next]),
        _ => tokens[next].Kind == FilterTokenKind.Quoted || (tokens[next].Kind == FilterTokenKind.Word && !tokens[next].Is("is")),
    };

    private static bool LooksOrdered(FilterToken token) =>
        token.Kind == FilterTokenKind.Word
        && (char.IsAsciiDigit(token.Text[0]) || token.Text[0] is '+' or '-' or '.'
            || token.Is("now") || token.Is("today") || token.Is("yesterday") || token.Is("tomorrow"));

    private Result<ReadOperator> Operands(OperatorPhrase phrase, ref int at) => phrase.Operator switch
    {
        FilterOperator.IsEmpty or FilterOperator.HasValue => new ReadOperator(phrase.Operator, []),
        FilterOperator.In or FilterOperator.NotIn => List(phrase.Operator, ref at),
        FilterOperator.Between => Pair(ref at),
        _ => One(phrase.Operator, ref at),
    };

    private Result<ReadOperator> One(FilterOperator by, ref int at) =>
        Value(ref at).TryGet(out var value, out var failure) ? new ReadOperator(by, [value]) : failure;

    private Result<ReadOperator> Pair(ref int at)
    {
        if (!Value(ref at).TryGet(out var from, out var failure))
        {
            return failure;
        }

        if (!tokens[at].Is("and"))
        {
            return FilterFault.Expected(tokens[at], "\"and\" and a second value, as in: employees between 50 and 500");
        }

        at++;
        return Value(ref at).TryGet(out var to, out failure) ? new ReadOperator(FilterOperator.Between, [from, to]) : failure;
    }

    private Result<ReadOperator> List(FilterOperator by, ref int at)
    {
        var values = new List<FilterOperand>();
        do
        {
            at++;
            if (!Item(ref at).TryGet(out var value, out var failure))
            {
                return failure;
            }

            values.Add(value);
        }
        while (tokens[at].Kind == FilterTokenKind.Comma);

        if (tokens[at].Kind != FilterTokenKind.Close)
        {
            return FilterFault.Expected(tokens[at], "\",\" or \")\"");
        }

        at++;
        return new ReadOperator(by, values);
    }

    private Result<FilterOperand> Value(ref int at) => Words(ref at, stopsAtAnd: true);

    // Between parentheses only commas part the values, so that "Research and Development" needs no marks.
    private Result<FilterOperand> Item(ref int at) => Words(ref at, stopsAtAnd: false);

    private Result<FilterOperand> Words(ref int at, bool stopsAtAnd)
    {
        var first = tokens[at];
        if (first.Kind == FilterTokenKind.Quoted)
        {
            at++;
            return new FilterOperand(first.Text, Quoted: true, first.Column);
        }

        var words = new List<string>();
        while (tokens[at].Kind == FilterTokenKind.Word && !(stopsAtAnd && (tokens[at].Is("and") || tokens[at].Is("or"))))
        {
            if (stopsAtAnd && words.Count > 0 && (tokens[at].Is("is") || tokens[at].Is("contains")))
            {
                return FilterFault.Expected(tokens[at], "\",\" or \"and\" before the next condition, or quotation marks around the value");
            }

            words.Add(tokens[at++].Text);
        }

        return words.Count > 0
            ? new FilterOperand(string.Join(' ', words), Quoted: false, first.Column)
            : FilterFault.Expected(first, "a value; quote one that holds a sign, a comma or \"and\"");
    }
}
