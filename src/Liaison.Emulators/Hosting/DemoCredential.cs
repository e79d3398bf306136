namespace Liaison.Emulators.Hosting;

/// <summary>A token that the emulator accepts from the start.</summary>
/// <param name="Name">Who it stands for: "account", "manager", "rep-north", "rep-south", "none".</param>
/// <param name="Token">The bearer token; fixed, so that it can stand in scripts.</param>
/// <param name="UserEmail">The user whom it acts as; <see langword="null"/> for the account-wide one.</param>
/// <param name="Sees">What it can see, in words.</param>
public sealed record DemoCredential(string Name, string Token, string? UserEmail, string Sees);
