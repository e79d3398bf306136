using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Liaison.Cli.Commands;

/// <summary>Refuses values of options where they are typed, with what was expected.</summary>
internal static class OptionChecks
{
    public static Option<int> Within(Option<int> option, int least, int most)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token]
                && int.TryParse(token.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                && (number < least || number > most))
            {
                result.AddError($"\"{token.Value}\" is not possible for {option.Name}; expected {least} to {most}.");
            }
        });
        return option;
    }

    public static Option<string> Among(Option<string> option, params IReadOnlyList<string> choices)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !choices.Contains(token.Value))
            {
                result.AddError($"\"{token.Value}\" is not possible for {option.Name}; expected one of {string.Join(", ", choices)}.");
            }
        });
        return option;
    }

    public static TimeSpan? Duration(ArgumentResult result)
    {
        var text = result.Tokens is [var token] ? token.Value : "";
        if (text.Length > 1 && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 100_000)
        {
            switch (text[^1])
            {
                case 'd':
                    return TimeSpan.FromDays(number);
                case 'h':
                    return TimeSpan.FromHours(number);
                case 'm':
                    return TimeSpan.FromMinutes(number);
            }
        }

        result.AddError($"\"{text}\" is no span of time; expected days, hours or minutes, as in 90d, 12h or 30m.");
        return null;
    }

    public static long? Sequence(ArgumentResult result)
    {
        var text = result.Tokens is [var token] ? token.Value : "";
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) && sequence > 0)
        {
            return sequence;
        }

        result.AddError($"\"{text}\" is no entry's number; expected one from 1 on, as liaison audit show prints them.");
        return null;
    }

    public static DateTimeOffset? Moment(ArgumentResult result)
    {
        var text = result.Tokens is [var token] ? token.Value : "";
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
        {
            return moment;
        }

        result.AddError($"\"{text}\" is no time; expected one like 2026-03-02 or 2026-03-02T09:00Z.");
        return null;
    }

    public static Uri? Address(ArgumentResult result)
    {
        var text = result.Tokens is [var token] ? token.Value : "";
        if (Uri.TryCreate(text, UriKind.Absolute, out var address))
        {
            return address;
        }

        result.AddError($"\"{text}\" is no address; expected one like https://api.example.com.");
        return null;
    }
}
