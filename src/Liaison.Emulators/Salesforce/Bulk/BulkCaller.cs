using Liaison.Emulators.Salesforce.Composite;
using Liaison.Emulators.Salesforce.Soql.Schema;

namespace Liaison.Emulators.Salesforce.Bulk;

/// <summary>Who made a job: its rows are read and written with this user's rights, whenever they come to be.</summary>
/// <param name="Routes">The org's own routes as this user: each chunk of rows goes through them as a collection would.</param>
/// <param name="View">Gives the org as this user now sees it.</param>
/// <param name="MayHardDelete">Whether the user has the permission "Bulk API Hard Delete".</param>
internal sealed record BulkCaller(string UserId, ISubRequests Routes, Func<ISoqlSchema> View, bool MayHardDelete)
{
    /// <summary>Looks at the org with it held.</summary>
    public T Look<T>(Func<T> look)
    {
        T seen = default!;
        Routes.Atomically(() =>
        {
            seen = look();
            return true;
        });
        return seen;
    }
}
