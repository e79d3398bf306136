using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Policy;

namespace Liaison.Tests.Identity;

/// <summary>Things with good defaults.</summary>
internal static class A
{
    public static T Found<T>(this Result<T> result) =>
        result.TryGet(out var value, out var failure) ? value : throw new InvalidOperationException(failure.ToString());

    public static Failure Refused<T>(this Result<T> result) => result.Failure.ShouldNotBeNull();

    public static Permit Permit(Caller caller, ConnectionProfile connection)
    {
        var grant = new GrantOptions
        {
            Subject = caller.Subject.Id,
            Actors = ["*"],
            Purposes = [caller.Purpose.Name],
            Connections = [connection.Name.Value],
            Read = new Dictionary<string, IReadOnlyList<string>> { ["contact"] = ["*"] },
        };
        var options = new PolicyOptions { Grants = [grant] };
        return new PolicyEngine(new PolicyInForce(options), new Members(new PolicyInForce(options)), _ => false, (_, _) => PromotedWrites.None)
            .Judge(caller, connection, RecordType.Contact, Access.Read)
            .Found();
    }
}
