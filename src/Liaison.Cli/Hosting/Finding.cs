namespace Liaison.Cli.Hosting;

/// <summary>How a check ended, the gravest last.</summary>
internal enum FindingState
{
    /// <summary>It is as it should be.</summary>
    Ok,

    /// <summary>It works, and somebody should look at it.</summary>
    Warning,

    /// <summary>Something does not work.</summary>
    Failed,
}

/// <summary>What a check found.</summary>
/// <param name="Check">What was looked at.</param>
/// <param name="Found">What was found, in a sentence without secrets.</param>
/// <param name="Mend">What would mend it; <see langword="null"/> where nothing is to be mended.</param>
internal sealed record Finding(string Check, FindingState State, string Found, string? Mend = null)
{
    public static Finding Ok(string check, string found) => new(check, FindingState.Ok, found);

    public static Finding Warning(string check, string found, string mend) => new(check, FindingState.Warning, found, mend);

    public static Finding Failed(string check, string found, string mend) => new(check, FindingState.Failed, found, mend);
}
