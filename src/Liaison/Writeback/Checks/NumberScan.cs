namespace Liaison.Writeback.Checks;

/// <summary>Finds days, times, telephone numbers and numbers in a plain copy.</summary>
internal sealed class NumberScan
{
    private readonly List<FoundClaim> found = [];
    private readonly string text;
    private readonly IReadOnlyList<(int Start, int End)> taken;
    private readonly bool everything;

    private NumberScan(string text, IReadOnlyList<(int Start, int End)> taken, bool everything)
    {
        this.text = text;
        this.taken = taken;
        this.everything = everything;
    }

    /// <summary>Finds what claims something.</summary>
    /// <param name="taken">The parts that are read already, in order.</param>
    public static IReadOnlyList<FoundClaim> Of(string plain, IReadOnlyList<(int Start, int End)> taken) => new NumberScan(plain, taken, everything: false).Read();

    /// <summary>Finds every number by every reading.</summary>
    public static IReadOnlyList<FoundClaim> AllOf(string plain, IReadOnlyList<(int Start, int End)> taken) => new NumberScan(plain, taken, everything: true).Read();

    private List<FoundClaim> Read()
    {
        var next = 0;
        for (var at = 0; at < text.Length;)
        {
            if (next < taken.Count && at >= taken[next].Start)
            {
                at = Math.Max(at, taken[next++].End);
            }
            else if (!char.IsAsciiDigit(text[at]))
            {
                at++;
            }
            else
            {
                var limit = next < taken.Count ? taken[next].Start : text.Length;
                at = IsWithinWord(at) ? EndOfWord(at, limit) : ReadOne(at, limit);
            }
        }

        return found;
    }

    /// <summary>Reads what begins with the digit here.</summary>
    /// <returns>Where reading goes on.</returns>
    private int ReadOne(int at, int limit)
    {
        if (DayReading.Read(text, at, limit, out var day) is var dayEnd and > 0)
        {
            Add(ClaimKind.Number, at, dayEnd, "", [day]);
            AddEach(at, dayEnd);
            if (everything && day.Sense == NumberSense.Day)
            {
                Add(ClaimKind.Number, at, dayEnd, "", [new NumberReading(NumberSense.DayOfYear, day.Value % 10_000)]);
            }

            // The time of day in 2026-12-31T08:00:00Z.
            return dayEnd < limit - 1 && text[dayEnd] is 'T' && char.IsAsciiDigit(text[dayEnd + 1]) ? ReadOne(dayEnd + 1, limit) : dayEnd;
        }

        if (TimeReading.Read(text, at, limit, out var time) is var timeEnd and > 0)
        {
            Add(ClaimKind.Number, at, timeEnd, "", [time]);
            return timeEnd;
        }

        if (PhoneReading.Read(text, at, limit) is { } phone)
        {
            Add(ClaimKind.Phone, phone.Start, phone.End, phone.Digits, [], phone.IsMarked ? [] : Each(at, phone.End));
            AddBeginnings(phone);
            AddEach(at, phone.End);
            return phone.End;
        }

        var numeral = Numeral.Read(text, at, limit);
        if (everything || (numeral.IsClaim && !IsIdiom(at, numeral.End)))
        {
            Add(ClaimKind.Number, numeral.Start, numeral.End, numeral.Digits, numeral.Readings);
        }

        AddEach(at, numeral.End);
        return numeral.End;
    }

    // "B2B", "Q3" and "ISO27001" are names; "EUR500" is a sum.
    private bool IsWithinWord(int at) => at > 0 && (text[at - 1] == '_' || (char.IsLetter(text[at - 1]) && text[at - 1] < '\u2E80')) && !Currency.EndsAt(text, at);

    private int EndOfWord(int at, int limit)
    {
        while (at < limit && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_'))
        {
            at++;
        }

        return at;
    }

    private bool IsIdiom(int at, int end) =>
        (text.AsSpan(at).StartsWith("24/7", StringComparison.Ordinal) && end == at + 2)
        || (at >= 3 && end == at + 1 && text.AsSpan(at - 3).StartsWith("24/7", StringComparison.Ordinal));

    private void Add(ClaimKind kind, int start, int end, string digits, IReadOnlyList<NumberReading> readings, IReadOnlyList<NumberReading>? parts = null) =>
        found.Add(new FoundClaim.Number(kind, start, end, digits, readings, parts ?? []));

    private void AddEach(int start, int end)
    {
        if (everything)
        {
            Add(ClaimKind.Number, start, end, "", Each(start, end));
        }
    }

    // What follows a telephone number by chance is read as a part of it: without it the number is evidence, too.
    private void AddBeginnings(PhoneReading phone)
    {
        if (everything)
        {
            foreach (var length in phone.Beginnings)
            {
                Add(ClaimKind.Phone, phone.Start, phone.End, phone.Digits[..length], []);
            }
        }
    }

    private List<NumberReading> Each(int start, int end)
    {
        var readings = new List<NumberReading>();
        for (var at = start; at < end;)
        {
            var stop = at;
            while (stop < end && char.IsAsciiDigit(text[stop]))
            {
                stop++;
            }

            if (stop > at && decimal.TryParse(text.AsSpan(at, stop - at), out var value))
            {
                readings.Add(new NumberReading(NumberSense.Amount, value));
            }

            at = stop + 1;
        }

        return readings;
    }
}
