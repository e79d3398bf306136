using Liaison.Failures;
using Liaison.Identity;
using Liaison.Policy;

namespace Liaison.Writeback;

/// <summary>Who may decide on a change: an entitled person who is not the proposing agent, whichever door it comes by (R227, R232).</summary>
public sealed class ApproverRules(Members members)
{
    /// <summary>Judges an approver.</summary>
    /// <returns>The approver in whose place the caller decides, empty for their own right; or the refusal.</returns>
    internal Result<string> Judge(Caller caller, ChangeSetRow change)
    {
        var proposer = change.Proposer;
        if (caller.Subject.Kind != SubjectKind.User)
        {
            return Deny(DeniedBy.Policy, $"\"{caller.Subject.Id}\" is a named principal and no person; a member with the role approver decides, as with --as anna@example.com");
        }

        // A declared agent acts for a person and is none, whosever rights it has.
        if (members.IsAgent(caller))
        {
            return Deny(DeniedBy.Agent, $"The agent \"{caller.Actor.Id}\" cannot decide on changes; a person does, by a door of their own");
        }

        if (caller.Actor == proposer.Actor && caller.Subject == proposer.Subject)
        {
            return Deny(DeniedBy.Agent, "Whoever proposed a change cannot decide on it by the same door; another approver does");
        }

        if (change.Risk == RiskClass.Irreversible && caller.Subject == proposer.Subject)
        {
            return Deny(DeniedBy.Policy, "What cannot be undone is decided on by another person than the one it was proposed for");
        }

        return Standing(caller, proposer.Subject, change.Risk);
    }

    private Result<string> Standing(Caller caller, Subject proposer, RiskClass risk)
    {
        if (members.Holds(caller.Subject, Role.Approver))
        {
            return "";
        }

        // Nobody stands in for the person whose own proposal it is where that person could not decide either.
        var principal = members.StandsInFor(caller.Subject, Role.Approver).FirstOrDefault(other => risk != RiskClass.Irreversible || other != proposer.Id);
        return principal ?? (Result<string>)members.Require(caller, "decide on changes", Role.Approver).Failure!;
    }

    private static Failure Deny(DeniedBy by, string message) => new(FailureKind.Denied, message + ".") { DeniedBy = by };
}
