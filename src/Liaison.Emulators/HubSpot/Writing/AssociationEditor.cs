using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Writing;

/// <summary>Makes and breaks links, always from both ends.</summary>
internal sealed class AssociationEditor(Account account, EmulatorClock clock)
{
    /// <summary>Links two records; a labelled link is always a plain one too.</summary>
    /// <returns>The kinds of the pair seen from the first record.</returns>
    public IReadOnlyList<AssociationKind> Link(ObjectType from, CrmRecord a, ObjectType to, CrmRecord b, IEnumerable<AssociationLabel> labels)
    {
        var plain = account.Associations.Default(from, to);
        var all = labels.Append(plain).Distinct().ToList();
        if (Primary(from, to) is { } primary)
        {
            if (all.Contains(primary))
            {
                DropPrimary(from, a, to, primary);
            }
            else if (account.Links.Of(from, a.Id, to).Count == 0)
            {
                // The first company of a record becomes its primary one.
                all.Insert(0, primary);
            }
        }

        account.Links.Add(from, a.Id, to, b.Id, [.. all.Select(label => label.Kind)]);
        account.Links.Add(to, b.Id, from, a.Id, [.. all.Select(label => Inverse(label))]);
        var isPrimary = all.Exists(label => label.Label == "Primary");
        Tell(from, a.Id, to, b.Id, removed: false, isPrimary);
        return account.Links.Of(from, a.Id, to).First(link => link.To == b.Id).Kinds;
    }

    /// <summary>Takes labels from a link, or the whole link where none are named.</summary>
    public void Unlink(ObjectType from, long a, ObjectType to, long b, IReadOnlyCollection<AssociationLabel>? labels)
    {
        account.Links.Remove(from, a, to, b, labels?.Select(label => label.Kind).ToList());
        account.Links.Remove(to, b, from, a, labels?.Select(Inverse).ToList());
        if (labels is null)
        {
            Tell(from, a, to, b, removed: true, isPrimary: false);
        }
    }

    /// <summary>Gets the account whose links are edited.</summary>
    public Account Account => account;

    /// <summary>Moves a link from a merged-away record to the one that survives.</summary>
    public void Relink(ObjectType type, CrmRecord gone, CrmRecord survivor, ObjectType to, Link link)
    {
        Unlink(type, gone.Id, to, link.To, null);
        if (link.To != survivor.Id && to.Records.TryGet(link.To, out var far))
        {
            var primary = Primary(type, to);
            var keepsOwn = account.Links.Of(type, survivor.Id, to).Count > 0;
            var labels = link.Kinds.Select(kind => account.Associations.Find(type, to, kind)).OfType<AssociationLabel>().Where(label => !keepsOwn || label != primary);
            Link(type, survivor, to, far, labels);
        }
    }

    // Both ends are told: each app hears it under the type that it subscribed to.
    private void Tell(ObjectType from, long a, ObjectType to, long b, bool removed, bool isPrimary)
    {
        var now = Instants.ToMilliseconds(clock.Now);
        account.Events.Linked(from, a, to, b, removed, isPrimary, now);
        account.Events.Linked(to, b, from, a, removed, isPrimary, now);
    }

    private AssociationLabel? Primary(ObjectType from, ObjectType to) =>
        to == account.Companies ? account.Associations.Between(from, to).FirstOrDefault(label => label.Label == "Primary") : null;

    private void DropPrimary(ObjectType from, CrmRecord a, ObjectType to, AssociationLabel primary)
    {
        foreach (var link in account.Links.Of(from, a.Id, to).Where(link => link.Kinds.Contains(primary.Kind)).ToList())
        {
            Unlink(from, a.Id, to, link.To, [primary]);
        }
    }

    private static AssociationKind Inverse(AssociationLabel label) => label.Kind with { TypeId = label.Inverse };
}
