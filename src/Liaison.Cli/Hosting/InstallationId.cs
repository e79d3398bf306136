using System.Security.Cryptography;

namespace Liaison.Cli.Hosting;

/// <summary>What tells an installation's keys from another's: a file among them that is made once.</summary>
internal static class InstallationId
{
    /// <summary>Gives the id that lies in a folder of keys, and makes it where there is none.</summary>
    public static string Of(string keyFolder)
    {
        var file = Path.Combine(Directory.CreateDirectory(keyFolder).FullName, "installation");
        var made = Path.Combine(keyFolder, $"installation.{RandomNumberGenerator.GetHexString(16, lowercase: true)}");
        if (!File.Exists(file))
        {
            // Moved and not written in place: of two nodes that make it at once the first counts, and neither reads half of it.
            File.WriteAllText(made, RandomNumberGenerator.GetHexString(32, lowercase: true));
            try
            {
                File.Move(made, file, overwrite: false);
            }
            catch (IOException) when (File.Exists(file))
            {
                File.Delete(made);
            }
        }

        return File.ReadAllText(file).Trim();
    }
}
