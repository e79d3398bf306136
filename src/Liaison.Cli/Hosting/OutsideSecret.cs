using Liaison.Cli.Configuration;
using Liaison.Identity;

namespace Liaison.Cli.Hosting;

/// <summary>Reads secrets that lie outside the database, since the database is opened or vouched for by them.</summary>
internal static class OutsideSecret
{
    /// <param name="key">The key of the configuration, for the sentence of a refusal.</param>
    /// <exception cref="ConfigurationException">There is nothing behind the reference.</exception>
    public static string Read(InstallationSettings settings, SecretReference reference, string key)
    {
        if (reference.Source == SecretSource.File)
        {
            var file = Path.Combine(settings.Folder, reference.Name);
            return File.Exists(file)
                ? File.ReadAllText(file)
                : throw new ConfigurationException($"{settings.Source}: {key}: there is no file {file}.");
        }

        return Environment.GetEnvironmentVariable(reference.Name)
            ?? throw new ConfigurationException($"{settings.Source}: {key}: the environment variable {reference.Name} is not set.");
    }
}
