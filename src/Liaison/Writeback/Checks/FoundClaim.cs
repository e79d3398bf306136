namespace Liaison.Writeback.Checks;

/// <summary>A claim and where it stands; each kind knows what supports it.</summary>
/// <remarks>The family is closed.</remarks>
internal abstract record FoundClaim
{
    private FoundClaim(ClaimKind kind, int start, int end)
    {
        Kind = kind;
        Start = start;
        End = end;
    }

    public ClaimKind Kind { get; }

    public int Start { get; }

    public int End { get; }

    public Claim In(string text) => new(Kind, text[Start..End]);

    public abstract bool IsIn(EvidenceIndex evidence);

    /// <summary>An e-mail address.</summary>
    /// <param name="Address">The address in small letters.</param>
    public sealed record Email(int From, int To, string Address) : FoundClaim(ClaimKind.Email, From, To)
    {
        public override bool IsIn(EvidenceIndex evidence) => evidence.HasEmail(Address);
    }

    /// <summary>A web address or a bare domain.</summary>
    /// <param name="Host">The host in small letters, without <c>www.</c>.</param>
    /// <param name="Path">What follows the host, without a slash at its end; empty for a bare domain.</param>
    public sealed record Link(int From, int To, string Host, string Path) : FoundClaim(ClaimKind.Link, From, To)
    {
        public override bool IsIn(EvidenceIndex evidence) => Path.Length == 0 ? evidence.HasHost(Host) : evidence.HasLink(Host + Path);
    }

    /// <summary>A number, sum, percentage, day or time of day, or digits that may be a telephone number.</summary>
    /// <param name="Digits">The digits by which a telephone is dialled; empty for what is none.</param>
    /// <param name="Readings">The values that it can mean; one in the evidence is enough.</param>
    /// <param name="Parts">The numbers of which it may be a mere row; all of them in the evidence are enough.</param>
    public sealed record Number(
        ClaimKind As, int From, int To, string Digits, IReadOnlyList<NumberReading> Readings, IReadOnlyList<NumberReading> Parts)
        : FoundClaim(As, From, To)
    {
        public override bool IsIn(EvidenceIndex evidence) =>
            Readings.Any(evidence.HasNumber)
            || (Digits.Length > 0 && evidence.HasPhone(Digits, dialled: Kind == ClaimKind.Phone))
            || (Parts.Count > 0 && Parts.All(evidence.HasNumber));
    }

    /// <summary>The name of a person, company or product.</summary>
    /// <param name="Words">The folded words, without legal forms and initials.</param>
    /// <param name="OpensSentence">Whether the first word is large for the place where it stands.</param>
    public sealed record Name(int From, int To, IReadOnlyList<string> Words, bool OpensSentence) : FoundClaim(ClaimKind.Name, From, To)
    {
        public override bool IsIn(EvidenceIndex evidence) =>
            evidence.HasName(Words) || (OpensSentence && Words.Count > 1 && evidence.HasName([.. Words.Skip(1)]));
    }
}

/// <summary>One value that written digits can mean.</summary>
/// <remarks>Values of different senses never meet: half past ten is no sum of 1030.</remarks>
internal readonly record struct NumberReading(NumberSense Sense, decimal Value);

/// <summary>What a number counts.</summary>
internal enum NumberSense
{
    /// <summary>Anything, a year among it.</summary>
    Amount,

    /// <summary>A day, as in 20261231.</summary>
    Day,

    /// <summary>A day of any year, as in 1231.</summary>
    DayOfYear,

    /// <summary>Minutes since midnight.</summary>
    TimeOfDay,
}
