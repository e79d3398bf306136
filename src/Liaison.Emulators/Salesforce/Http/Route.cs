using Liaison.Emulators.Hosting;

namespace Liaison.Emulators.Salesforce.Http;

/// <summary>One operation of the data API.</summary>
/// <param name="Template">The path after the version: sobjects/{type}/{id}.</param>
/// <param name="Handle">Does the work, with the org held.</param>
internal sealed record Route(string Method, string Template, Func<Call, Reply> Handle) : IRoute
{
    private readonly PathPattern _pattern = new(Template, StringComparison.OrdinalIgnoreCase);

    /// <summary>Gets what is done instead of <see cref="Handle"/> where the body must be read as it comes; it holds the org itself, and only while it must.</summary>
    public Func<Call, CancellationToken, Task<Reply>>? HandleUpload { get; init; }

    public bool Matches(string[] path, Dictionary<string, string> values) => _pattern.Matches(path, values);
}
