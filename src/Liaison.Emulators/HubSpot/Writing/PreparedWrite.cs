using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Writing;

/// <summary>The values of one write after they passed the definitions; nothing is applied yet.</summary>
/// <param name="Values">The values by property; "" clears.</param>
internal sealed record PreparedWrite(IReadOnlyList<(PropertyDefinition Property, string Value)> Values)
{
    public bool TryGet(string name, out string value)
    {
        foreach (var (property, given) in Values)
        {
            if (string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                value = given;
                return true;
            }
        }

        value = "";
        return false;
    }
}
