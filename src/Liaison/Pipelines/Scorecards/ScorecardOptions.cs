namespace Liaison.Pipelines.Scorecards;

/// <summary>A declared way to score a contact: criteria with points, and what to do with which score.</summary>
/// <remarks>
/// The points of the criteria are summed onto <see cref="Base"/> and scaled so that the most that can be earned is 100; the
/// result is rounded and kept within 0 and 100. Nothing else goes in: the same packet on the same day scores the same.
/// </remarks>
public sealed class ScorecardOptions
{
    /// <summary>Gets or sets the name by which pipelines ask for it.</summary>
    public string Name { get; set; } = "";

    /// <summary>Gets or sets the version; it stands in the audit beside every score.</summary>
    /// <value>The default is <c>1</c>.</value>
    public string Version { get; set; } = "1";

    /// <summary>Gets or sets the points that every contact begins with.</summary>
    /// <value>The default is 0.</value>
    public decimal Base { get; set; }

    /// <summary>Gets or sets the scores that are combined, as of fit and of engagement; each criterion then says which it counts for.</summary>
    /// <value>The default is none: all criteria make one score. With several, <see cref="Base"/> is 0, and the whole is their mean by weight.</value>
    public IList<NamedScoreOptions> Scores { get; set; } = [];

    /// <summary>Gets or sets the criteria, in the order in which they are shown.</summary>
    public IList<CriterionOptions> Criteria { get; set; } = [];

    /// <summary>Gets or sets the playbooks; the first that fits is recommended.</summary>
    public IList<PlaybookOptions> Playbooks { get; set; } = [];
}

/// <summary>One of several scores, 0 to 100 by its own criteria.</summary>
public sealed class NamedScoreOptions
{
    /// <summary>Gets or sets the name, as in <c>fit</c>.</summary>
    public string Name { get; set; } = "";

    /// <summary>Gets or sets how much it counts beside the others; above 0.</summary>
    /// <value>The default is 1.</value>
    public decimal Weight { get; set; } = 1;

    /// <summary>Gets or sets the field that it is written to besides, by canonical or native name.</summary>
    /// <value>The default is <see langword="null"/>: it stands in the rationale only.</value>
    public string? Field { get; set; }
}

/// <summary>One thing that speaks for or against a contact.</summary>
public sealed class CriterionOptions
{
    /// <summary>Gets or sets the name, as in <c>seniority</c>.</summary>
    public string Name { get; set; } = "";

    /// <summary>Gets or sets the score that it counts for.</summary>
    /// <value>The default is <see langword="null"/>, which fits a scorecard without named scores only.</value>
    public string? Score { get; set; }

    /// <summary>Gets or sets the field by its section of the packet, as in <c>person.job_title</c> or <c>company.employees</c>.</summary>
    public string Field { get; set; } = "";

    /// <summary>Gets or sets the most points that the criterion gives; fewer than 0 speak against the contact.</summary>
    public decimal Points { get; set; }

    /// <summary>Gets or sets the cases; the first that fits gives the points, and none gives 0.</summary>
    public IList<MatchOptions> Match { get; set; } = [];

    /// <summary>Gets or sets what a field that holds nothing gives: <c>unknown</c>, which lowers the confidence, or points.</summary>
    /// <value>The default is <c>unknown</c>. A field that was not read is unknown whatever stands here.</value>
    public string Missing { get; set; } = "unknown";
}

/// <summary>One case of a criterion: exactly one test, and its points.</summary>
/// <remarks>Texts are compared without regard to case, accents and underscores.</remarks>
public sealed class MatchOptions
{
    /// <summary>Gets or sets the points of this case; at most those of the criterion.</summary>
    /// <value>The default is <see langword="null"/>: the criterion's points.</value>
    public decimal? Points { get; set; }

    /// <summary>Gets or sets what the case means in a few words, for the rationale: <c>vice president level</c>.</summary>
    public string? Label { get; set; }

    /// <summary>Gets or sets texts of which the whole value is one; a choice fits by value or label.</summary>
    public IList<string>? IsAnyOf { get; set; }

    /// <summary>Gets or sets words of which the value contains one; a star at an end lets the word go on there: <c>*leiter*</c>.</summary>
    public IList<string>? ContainsAnyOf { get; set; }

    /// <summary>Gets or sets the least number that fits; with <see cref="AtMost"/> a range.</summary>
    public decimal? AtLeast { get; set; }

    /// <summary>Gets or sets the greatest number that fits.</summary>
    public decimal? AtMost { get; set; }

    /// <summary>Gets or sets a scale on which a number earns its share of the points.</summary>
    public ScaleOptions? Scale { get; set; }

    /// <summary>Gets or sets the flag that fits.</summary>
    public bool? IsTrue { get; set; }

    /// <summary>Gets or sets whether the field must hold something or, with <see langword="false"/>, nothing.</summary>
    public bool? HasValue { get; set; }

    /// <summary>Gets or sets countries by ISO code or name; values fit however they are typed: <c>DE</c>, <c>Germany</c>, <c>Deutschland</c>.</summary>
    public IList<string>? CountryIn { get; set; }

    /// <summary>Gets or sets whether an e-mail address must be one of a free provider or, with <see langword="false"/>, must not.</summary>
    public bool? IsFreeMail { get; set; }

    /// <summary>Gets or sets how many days ago a day or time may be; what lies ahead does not fit.</summary>
    public int? WithinDays { get; set; }
}

/// <summary>How a number earns a share of the points: none at <see cref="From"/>, all at <see cref="To"/>; <see cref="From"/> may be the greater.</summary>
public sealed class ScaleOptions
{
    /// <summary>Gets or sets the number that earns nothing.</summary>
    public decimal From { get; set; }

    /// <summary>Gets or sets the number that earns everything.</summary>
    public decimal To { get; set; }

    /// <summary>Gets or sets how the share grows in between.</summary>
    /// <value>The default is <see cref="ScaleCurve.Linear"/>.</value>
    public ScaleCurve By { get; set; }
}

/// <summary>How a share grows between two numbers.</summary>
public enum ScaleCurve
{
    /// <summary>Evenly.</summary>
    Linear,

    /// <summary>Fast at first: each doubling of the distance from the start counts alike.</summary>
    Log,
}

/// <summary>A recommended way to approach a contact and when it is recommended.</summary>
public sealed class PlaybookOptions
{
    /// <summary>Gets or sets the value of the CRM's playbook field.</summary>
    public string Name { get; set; } = "";

    /// <summary>Gets or sets the least score.</summary>
    /// <value>The default is <see langword="null"/>: any.</value>
    public int? MinScore { get; set; }

    /// <summary>Gets or sets the criteria of which a case must have fitted.</summary>
    public IList<string> Matched { get; set; } = [];
}
