namespace Liaison.Writeback.Checks;

/// <summary>What the evidence holds, by every spelling under which a claim may ask for it.</summary>
internal sealed class EvidenceIndex
{
    private const int ShortestPhone = 7;

    // Three digits of country code: whoever adds more to a number of the evidence has made up an area.
    private const int MostAddedDigits = 3;

    private const int MostWordsOfAValue = 3;
    private const int MostOfOneEnding = 100;

    private readonly HashSet<string> emails = new(StringComparer.Ordinal);
    private readonly HashSet<string> hosts = new(StringComparer.Ordinal);
    private readonly HashSet<string> links = new(StringComparer.Ordinal);
    private readonly HashSet<NumberReading> numbers = [];
    private readonly Dictionary<string, List<HeldDigits>> phones = new(StringComparer.Ordinal);
    private readonly HashSet<string> words = new(StringComparer.Ordinal);
    private readonly HashSet<(string, string)> pairs = [];
    private readonly HashSet<string> values = new(StringComparer.Ordinal);

    public EvidenceIndex(IReadOnlyList<string> evidence)
    {
        foreach (var text in evidence)
        {
            foreach (var claim in ClaimScan.AllOf(text))
            {
                Add(claim);
            }

            AddWords(WordScan.Of(text));
        }
    }

    public bool HasEmail(string address) => emails.Contains(address);

    public bool HasHost(string host) => hosts.Contains(host);

    public bool HasLink(string link) => links.Contains(link);

    public bool HasNumber(NumberReading reading) => numbers.Contains(reading);

    /// <summary>Whether a telephone number is there, with or without its country code.</summary>
    /// <param name="dialled">Whether the digits are surely a telephone number's; a bare number is not the end of another.</param>
    public bool HasPhone(string digits, bool dialled) =>
        digits.Length >= ShortestPhone
        && phones.TryGetValue(digits[^ShortestPhone..], out var ending)
        && ending.Exists(held => held.Digits == digits || ((dialled || held.Dialled) && IsSame(held.Digits, digits)));

    /// <summary>Whether the words stand there one after the other, or as values of their own, as first and last names do.</summary>
    public bool HasName(IReadOnlyList<string> name) => name is [var only]
        ? words.Contains(only)
        : name.All(values.Contains) || name.Zip(name.Skip(1)).All(pairs.Contains);

    private void Add(FoundClaim claim)
    {
        switch (claim)
        {
            case FoundClaim.Email email:
                emails.Add(email.Address);
                hosts.Add(email.Address[(email.Address.IndexOf('@', StringComparison.Ordinal) + 1)..]);
                break;
            case FoundClaim.Link link:
                hosts.Add(link.Host);
                links.Add(link.Host + link.Path);
                break;
            case FoundClaim.Number number:
                numbers.UnionWith(number.Readings);
                AddPhone(new HeldDigits(number.Digits, Dialled: number.Kind == ClaimKind.Phone));
                break;
        }
    }

    private static bool IsSame(string held, string claimed) =>
        held.EndsWith(claimed, StringComparison.Ordinal)
        || (claimed.EndsWith(held, StringComparison.Ordinal) && claimed.Length - held.Length <= MostAddedDigits);

    private void AddPhone(HeldDigits phone)
    {
        if (phone.Digits.Length < ShortestPhone)
        {
            return;
        }

        var ending = phone.Digits[^ShortestPhone..];
        if (!phones.TryGetValue(ending, out var held))
        {
            phones[ending] = held = [];
        }

        // Numbers that share their last digits are few in honest evidence; hostile evidence must not cost more.
        if (held.Count < MostOfOneEnding && !held.Contains(phone))
        {
            held.Add(phone);
        }
    }

    private void AddWords(IReadOnlyList<ScannedWord> scanned)
    {
        var before = default(ScannedWord);
        var full = default(ScannedWord);
        foreach (var word in scanned)
        {
            words.Add(word.Folded);
            pairs.Add((before.Folded, word.Folded));

            // A name may leave out the initials that the evidence has.
            pairs.Add((full.Folded, word.Folded));
            if (scanned.Count <= MostWordsOfAValue)
            {
                values.Add(word.Folded);
            }

            before = word;
            full = word.Folded.Length > 1 ? word : full;
        }
    }

    private readonly record struct HeldDigits(string Digits, bool Dialled);
}
