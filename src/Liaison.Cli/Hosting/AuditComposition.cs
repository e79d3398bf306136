using System.Security.Cryptography;
using Liaison.Audit;
using Liaison.Cli.Configuration;
using Liaison.Identity;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Liaison.Cli.Hosting;

/// <summary>Adds what the audit needs beside its store: key, signer, export, and the encryption of values.</summary>
internal static class AuditComposition
{
    public static IServiceCollection AddAudit(this IServiceCollection services, InstallationSettings settings, string keyFolder)
    {
        var options = settings.Options.Audit;
        services.AddSingleton(new AuditKeyFolder(keyFolder));
        services.AddSingleton(provider => KeyOf(settings, provider.GetRequiredService<AuditKeyFolder>()));
        services.AddSingleton(provider => new AuditSigner(
            provider.GetRequiredService<IAuditStore>(),
            provider.GetRequiredService<AuditSigningKey>(),
            provider.GetRequiredService<AuditKeyFolder>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<AuditSigner>>(),
            options.CheckpointEvery));
        services.AddSingleton(provider => new AuditValues(provider.GetRequiredService<IDataProtectionProvider>(), options.Values));
        services.AddSingleton<AuditExport>();
        services.AddSingleton<RevealValues>();
        return services;
    }

    private static AuditSigningKey KeyOf(InstallationSettings settings, AuditKeyFolder folder)
    {
        try
        {
            if (settings.Options.Audit.SigningKey is not { } text || !SecretReference.Parse(text).TryGet(out var reference, out _))
            {
                return folder.OpenSigningKey();
            }

            var key = AuditSigningKey.FromPem(OutsideSecret.Read(settings, reference, "audit.signingKey"));
            folder.Remember(key);
            return key;
        }
        catch (CryptographicException wrong)
        {
            throw new ConfigurationException($"{settings.Source}: {wrong.Message}", wrong);
        }
    }
}
