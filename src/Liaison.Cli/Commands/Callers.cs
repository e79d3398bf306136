using Liaison.Identity;

namespace Liaison.Cli.Commands;

/// <summary>Who the command line acts as.</summary>
internal static class Callers
{
    private static readonly Actor CommandLine = new("cli");

    /// <summary>Gives the subject named by <c>--as</c>, or else the operator of the configuration; a principal's name makes nobody a person.</summary>
    public static Caller Of(Invocation invocation, Purpose purpose) =>
        invocation.Parsed.GetValue(GlobalOptions.As) is { } user
            ? new Caller(new Subject(invocation.Installation.Principals.KindOf(user), user), ActorOf(invocation), purpose)
            : Operator(invocation, purpose) with { Actor = ActorOf(invocation) };

    /// <summary>Gives the operator of the configuration.</summary>
    public static Caller Operator(Invocation invocation, Purpose purpose) => new(
        new Subject(SubjectKind.Principal, invocation.Installation.Settings.Options.Operator), CommandLine, purpose);

    private static Actor ActorOf(Invocation invocation) =>
        invocation.Parsed.GetResult(GlobalOptions.Actor) is not null && invocation.Parsed.GetValue(GlobalOptions.Actor) is { } actor ? new Actor(actor) : CommandLine;
}
