using System.Text;
using Liaison.Failures;

namespace Liaison.Reading.Filters;

/// <summary>Cuts a filter into tokens. Quotation marks count only where a token begins, so that <c>O'Brien</c> is one word.</summary>
internal static class FilterLexer
{
    public static Result<IReadOnlyList<FilterToken>> Read(string text)
    {
        var tokens = new List<FilterToken>();
        var at = 0;
        while (true)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
            {
                at++;
            }

            if (at == text.Length)
            {
                tokens.Add(new FilterToken(FilterTokenKind.End, "", at + 1));
                return tokens;
            }

            if (ClosingOf(text[at]) is { } closing)
            {
                if (!ReadQuoted(text, ref at, closing).TryGet(out var quoted, out var failure))
                {
                    return failure;
                }

                tokens.Add(quoted);
            }
            else
            {
                tokens.Add(ReadPlain(text, ref at));
            }
        }
    }

    /// <summary>Gives the mark that ends a quotation; typographic marks come from people's word processors.</summary>
    private static char? ClosingOf(char opening) => opening switch
    {
        '"' => '"',
        '\'' => '\'',
        '\u201C' => '\u201D',
        '\u2018' => '\u2019',
        _ => null,
    };

    private static Result<FilterToken> ReadQuoted(string text, ref int at, char closing)
    {
        var start = at++;
        var content = new StringBuilder();
        for (; at < text.Length; at++)
        {
            if (text[at] == closing)
            {
                at++;
                return new FilterToken(FilterTokenKind.Quoted, content.ToString(), start + 1);
            }

            // A backslash escapes the closing mark and itself; before anything else it is a letter like any other.
            if (text[at] == '\\' && at + 1 < text.Length && (text[at + 1] == closing || text[at + 1] == '\\'))
            {
                at++;
            }

            content.Append(text[at]);
        }

        return FilterFault.At(start + 1, "this quotation has no end; close it with the same mark");
    }

    private static FilterToken ReadPlain(string text, ref int at)
    {
        var start = at;
        switch (text[at])
        {
            case ',':
                at++;
                return new FilterToken(FilterTokenKind.Comma, ",", start + 1);
            case '(':
                at++;
                return new FilterToken(FilterTokenKind.Open, "(", start + 1);
            case ')':
                at++;
                return new FilterToken(FilterTokenKind.Close, ")", start + 1);
        }

        var length = SignLength(text, at);
        if (length > 0)
        {
            at += length;
            return new FilterToken(FilterTokenKind.Sign, text[start..at], start + 1);
        }

        while (at < text.Length && !char.IsWhiteSpace(text[at]) && text[at] is not (',' or '(' or ')') && SignLength(text, at) == 0)
        {
            at++;
        }

        return new FilterToken(FilterTokenKind.Word, text[start..at], start + 1);
    }

    private static int SignLength(string text, int at)
    {
        var next = at + 1 < text.Length ? text[at + 1] : '\0';
        return (text[at], next) switch
        {
            ('=' or '!' or '<' or '>', '=') or ('<', '>') => 2,
            ('=' or '<' or '>', _) => 1,
            _ => 0,
        };
    }
}
