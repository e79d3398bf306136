using Liaison.Emulators.Hosting;
using Liaison.Emulators.Salesforce.Model;
using Liaison.Emulators.Salesforce.Soql.Schema;

namespace Liaison.Emulators.Salesforce.Rights;

/// <summary>The org as one user sees it: describe, rows, queries and writes all go through here, so that they agree.</summary>
internal sealed class UserSchema(Org org, Permissions permissions, OrgUser user, EmulatorClock clock) : ISoqlSchema
{
    private static readonly Dictionary<string, decimal> Rates = new(StringComparer.Ordinal)
    {
        ["EUR"] = 1m, ["USD"] = 1.087m, ["GBP"] = 0.855m, ["CHF"] = 0.962m, ["SEK"] = 11.49m, ["PLN"] = 4.348m,
        ["JPY"] = 162.6m, ["CAD"] = 1.49m, ["AUD"] = 1.65m, ["INR"] = 91.2m, ["BRL"] = 6.1m,
    };

    private readonly Dictionary<SObjectType, UserObject> _objects = [];
    private int _revision = -1;

    public Org Org => org;

    public OrgUser User => user;

    public Permissions Permissions => permissions;

    public Sharing Sharing { get; } = new(org, permissions, user);

    public SoqlLocale Locale => new(
        clock.Now,
        TimeZoneInfo.FindSystemTimeZoneById(user.TimeZone),
        1,
        org["Account"].TryGetField("CurrencyIsoCode", out _) ? new SoqlCurrencies("EUR", "EUR", Rates) : null);

    /// <summary>Gives the objects that the user may read.</summary>
    public IEnumerable<UserObject> Objects => org.Types.Select(Of).OfType<UserObject>();

    ISoqlObject? ISoqlSchema.Find(string name) => Find(name);

    ISoqlObject? ISoqlSchema.FindByPrefix(ReadOnlySpan<char> prefix) => org.TryGetTypeOf(prefix, out var type) ? Of(type) : null;

    public UserObject? Find(string name) => org.TryGetType(name, out var type) ? Of(type) : null;

    /// <summary>Gives an object as the user sees it; <see langword="null"/> where the user may not read it.</summary>
    public UserObject? Of(SObjectType type)
    {
        if (_revision != org.Revision)
        {
            _objects.Clear();
            _revision = org.Revision;
        }

        if (!permissions.Of(user, type).Read)
        {
            return null;
        }

        if (!_objects.TryGetValue(type, out var seen))
        {
            _objects[type] = seen = new UserObject(this, type);
        }

        return seen;
    }
}
