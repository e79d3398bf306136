using Liaison.Failures;

namespace Liaison.Reading.Filters;

/// <summary>One pass over the tokens of one filter.</summary>
internal sealed class FilterReading(IReadOnlyList<FilterToken> tokens)
{
    // Deeper than any filter that a person means; a hostile one must not spend our stack.
    private const int MaxDepth = 32;
    private const int MaxConditions = 200;

    private readonly OperatorReading operators = new(tokens);
    private int at;
    private int depth;
    private int conditions;

    public Result<FilterSyntax> Read()
    {
        if (!Either().TryGet(out var filter, out var failure))
        {
            return failure;
        }

        return tokens[at].Kind == FilterTokenKind.End
            ? filter
            : FilterFault.Expected(tokens[at], "\",\", \"and\", \"or\" or the end");
    }

    private Result<FilterSyntax> Either()
    {
        var parts = new List<FilterSyntax>();
        FilterToken? comma = null;
        do
        {
            if (!Both(ref comma).TryGet(out var part, out var failure))
            {
                return failure;
            }

            parts.Add(part);
        }
        while (Takes(token => token.Is("or")));

        // People read the comma of "a, b or c" as the looser of the two and grammars as the tighter; the wrong guess shows or
        // changes records that nobody meant, so neither is made.
        return parts is [var only] ? only
            : comma is null ? new FilterSyntax.Any(parts)
            : FilterFault.At(comma.Value.Column, "a comma beside \"or\" can be read in two ways; put parentheses around what belongs together, as in: lead status is New, (city is Oslo or city is Bergen)");
    }

    private Result<FilterSyntax> Both(ref FilterToken? comma)
    {
        var parts = new List<FilterSyntax>();
        do
        {
            // "a, and b" is how people end a list.
            if (parts.Count > 0)
            {
                Takes(token => token.Is("and"));
            }

            if (!Part().TryGet(out var part, out var failure))
            {
                return failure;
            }

            parts.Add(part);
        }
        while (TakesAnd(ref comma));

        return parts is [var only] ? only : new FilterSyntax.All(parts);
    }

    private bool TakesAnd(ref FilterToken? comma)
    {
        if (tokens[at].Kind == FilterTokenKind.Comma)
        {
            comma ??= tokens[at];
        }

        return Takes(token => token.Kind == FilterTokenKind.Comma || token.Is("and"));
    }

    private Result<FilterSyntax> Part()
    {
        if (++depth > MaxDepth)
        {
            return FilterFault.At(tokens[at].Column, $"parentheses and \"not\" nest at most {MaxDepth} deep");
        }

        var part = tokens[at] switch
        {
            { Kind: FilterTokenKind.Open } => Inner(),
            var token when token.Is("not") && !IsOperator(at + 1) => Negated(),
            var token when token.Is("everything") && EndsPart(at + 1) => Whole(new FilterSyntax.All([])),
            var token when token.Is("nothing") && EndsPart(at + 1) => Whole(new FilterSyntax.Any([])),
            _ => Condition(),
        };
        depth--;
        return part;
    }

    private Result<FilterSyntax> Whole(FilterSyntax filter)
    {
        at++;
        return filter;
    }

    private Result<FilterSyntax> Inner()
    {
        at++;
        if (!Either().TryGet(out var inner, out var failure))
        {
            return failure;
        }

        return Takes(token => token.Kind == FilterTokenKind.Close) ? inner : FilterFault.Expected(tokens[at], "\")\"");
    }

    private Result<FilterSyntax> Negated()
    {
        at++;
        return Part().Then(part => (Result<FilterSyntax>)new FilterSyntax.Not(part));
    }

    private Result<FilterSyntax> Condition()
    {
        if (++conditions > MaxConditions)
        {
            return FilterFault.At(tokens[at].Column, $"a filter has at most {MaxConditions} conditions");
        }

        var first = tokens[at];
        if (first.Kind is not (FilterTokenKind.Word or FilterTokenKind.Quoted) || (EndsPart(at) && first.Kind == FilterTokenKind.Word))
        {
            return FilterFault.Expected(first, "a field, as in: lead status is New");
        }

        var words = new List<string> { first.Text };
        at++;
        while (first.Kind == FilterTokenKind.Word && tokens[at].Kind == FilterTokenKind.Word && !IsOperator(at) && !EndsPart(at))
        {
            words.Add(tokens[at++].Text);
        }

        var operatorColumn = tokens[at].Column;
        if (!operators.Read(ref at).TryGet(out var read, out var failure))
        {
            return failure;
        }

        return new FilterSyntax.Condition(string.Join(' ', words), first.Column, read.Operator, read.Operands, operatorColumn);
    }

    private bool IsOperator(int index) => index < tokens.Count && operators.BeginsAt(index);

    private bool EndsPart(int index) =>
        tokens[index] is { Kind: FilterTokenKind.End or FilterTokenKind.Comma or FilterTokenKind.Close }
        || tokens[index].Is("and") || tokens[index].Is("or");

    private bool Takes(Func<FilterToken, bool> wanted)
    {
        if (!wanted(tokens[at]))
        {
            return false;
        }

        at++;
        return true;
    }
}
