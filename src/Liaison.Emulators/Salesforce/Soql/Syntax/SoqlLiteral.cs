namespace Liaison.Emulators.Salesforce.Soql.Syntax;

/// <summary>A value as written in a statement; the family is closed.</summary>
internal abstract record SoqlLiteral
{
    private SoqlLiteral(SourceMark mark) => Mark = mark;

    public SourceMark Mark { get; }

    internal sealed record Nothing(SourceMark Mark) : SoqlLiteral(Mark);

    internal sealed record Text(string Value, SourceMark Mark) : SoqlLiteral(Mark);

    /// <summary>The text behind LIKE, in which a backslash still takes its meaning from %, _ and \.</summary>
    internal sealed record Pattern(string Value, SourceMark Mark) : SoqlLiteral(Mark);

    internal sealed record Number(decimal Value, SourceMark Mark) : SoqlLiteral(Mark);

    internal sealed record Flag(bool Value, SourceMark Mark) : SoqlLiteral(Mark);

    internal sealed record Date(DateOnly Value, SourceMark Mark) : SoqlLiteral(Mark);

    internal sealed record DateTime(DateTimeOffset Value, SourceMark Mark) : SoqlLiteral(Mark);

    internal sealed record Time(TimeOnly Value, SourceMark Mark) : SoqlLiteral(Mark);

    /// <summary>A stretch of days that moves with the present (LAST_N_DAYS:7).</summary>
    internal sealed record Relative(RelativeKind Kind, DateUnit Unit, int Count, SourceMark Mark) : SoqlLiteral(Mark);

    /// <summary>A sum in a named currency (USD5000).</summary>
    internal sealed record Money(string Currency, decimal Amount, SourceMark Mark) : SoqlLiteral(Mark);
}

/// <summary>How a relative date lies to the present.</summary>
internal enum RelativeKind
{
    Last,
    This,
    Next,
    LastN,
    NextN,
    Ago,
}

/// <summary>What relative dates count in.</summary>
internal enum DateUnit
{
    Day,
    Week,
    Month,
    Quarter,
    Year,
    FiscalQuarter,
    FiscalYear,
}
