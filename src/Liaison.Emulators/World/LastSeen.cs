namespace Liaison.Emulators.World;

/// <summary>Brings "last activity" in line with the logged activities, as CRMs compute it.</summary>
internal static class LastSeen
{
    public static IReadOnlyList<WorldPerson> Stamp(
        IReadOnlyList<Profile> profiles, IReadOnlyList<WorldActivity> activities, DateTimeOffset now)
    {
        var people = profiles.Select(profile => profile.Entry).ToArray();

        foreach (var activity in activities.Where(activity => activity.At <= now && activity.Kind != WorldActivityKind.Task))
        {
            foreach (var key in activity.PersonKeys)
            {
                var person = people[key - 1];

                if (person.LastActivityAt is null || person.LastActivityAt < activity.At)
                {
                    people[key - 1] = person with { LastActivityAt = activity.At };
                }
            }
        }

        return people;
    }
}
