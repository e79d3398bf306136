using Microsoft.AspNetCore.Http;

namespace Liaison.Server.Rest.Routes;

/// <summary>How many entries one answer has, in the lists that an operator or auditor reads.</summary>
internal static class EntryPage
{
    private const int Usual = 100;
    private const int Most = 1_000;

    public static int Of(int? limit) => limit ?? Usual;

    /// <summary>Refuses a limit that no answer has.</summary>
    public static IResult? Refuse(int? limit) => limit is < 1 or > Most ? Answers.Invalid($"The limit lies between 1 and {Most}.") : null;
}
