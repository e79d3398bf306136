namespace Liaison.Emulators.World;

/// <summary>A person's entry together with what is true of the person, whatever the entry says.</summary>
internal sealed record Profile(
    WorldPerson Entry, Market Market, City City, WrittenName Given, WrittenName Surname, Employer? Employer);
