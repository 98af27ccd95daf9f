package io.github.nativemaven.binary;

import io.github.nativemaven.platform.OperatingSystem;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The libraries that come with macOS and with Windows, or with Python there. */
public final class SystemLibraries {
    /**
     * What every supported Windows has in its system directory, and Python beside itself; the many that begin with {@code
     * api-ms-win-} and {@code ext-ms-win-} aside.
     *
     * @see <a href="https://learn.microsoft.com/windows/win32/apiindex/windows-umbrella-libraries">umbrella libraries</a>
     */
    private static final Set<String> WINDOWS = Set.of("""
            aclui activeds adsldpc advapi32 authz avicap32 avifil32 avrt bcrypt bcryptprimitives bluetoothapis bthprops.cpl
            cabinet cfgmgr32 cldapi clusapi combase comctl32 comdlg32 compstui credui crypt32 cryptbase cryptdll cryptnet
            cryptsp cryptui cscapi d2d1 d3d10 d3d10_1 d3d10core d3d11 d3d12 d3d9 d3dcompiler_47 davclnt dbgeng dbghelp
            dciman32 dcomp ddraw devobj dfscli dhcpcsvc dhcpcsvc6 difxapi dinput dinput8 dnsapi dsound dsrole dssec
            dsuiext dwmapi dwrite dxgi dxva2 esent evr faultrep firewallapi fltlib fwpuclnt gdi32 gdiplus glu32 hid hlink
            httpapi icmp icu icuin icuuc imagehlp imm32 iphlpapi kernel32 kernelbase ksuser ktmw32 loadperf logoncli lz32
            magnification mapi32 mf mfplat mfreadwrite mmdevapi mpr mprapi msacm32 msacm32.drv mscms mscoree msctf msdmo
            msdrm msftedit mshtml msi msimg32 mstask msvcrt msvfw32 mswsock ncrypt ndfapi netapi32 netutils newdev
            normaliz ntdll ntdsapi odbc32 odbccp32 ole32 oleacc oleaut32 oledlg olepro32 opengl32 pdh powrprof prntvpt
            profapi propsys psapi quartz query rasapi32 rasdlg resutils riched20 rpcns4 rpcrt4 rstrtmgr rtutils rtworkq samcli
            sas schannel schedcli sechost secur32 sensapi setupapi sfc sfc_os shcore shell32 shlwapi snmpapi srvcli
            sspicli sti synchronization t2embed tapi32 tbs tdh ucrtbase uiautomationcore urlmon user32 userenv usp10
            uxtheme vcruntime140 vcruntime140_1 version virtdisk vssapi webservices websocket wer wevtapi winbio
            windowscodecs winhttp wininet winmm winscard winspool.drv wintrust winusb wkscli wlanapi wldap32 wldp ws2_32
            wscapi wsdapi wsock32 wtsapi32 xaudio2_8 xaudio2_9 xinput1_4 xinput9_1_0 xmllite xolehlp
            """.strip().split("\\s+"));

    private static final Pattern PYTHON_OF_MACOS =
            Pattern.compile("(.*/)?(lib(python3|pypy3)[^/]*\\.dylib|Python3?\\.framework/Versions/[^/]+/Python3?)");

    private SystemLibraries() {}

    /**
     * Whether a needed library comes with the system or with Python.
     *
     * @param library as it is named in the needed libraries
     */
    public static boolean has(OperatingSystem os, String library) {
        return switch (os) {
            case MACOS ->
                library.startsWith("/usr/lib/")
                        || library.startsWith("/System/Library/")
                        || PYTHON_OF_MACOS.matcher(library).matches();
            case WINDOWS -> isOfWindows(library.toLowerCase(Locale.ROOT));
            default -> true;
        };
    }

    private static boolean isOfWindows(String library) {
        String name = library.endsWith(".dll") ? library.substring(0, library.length() - 4) : library;
        return WINDOWS.contains(name)
                || name.startsWith("api-ms-win-")
                || name.startsWith("ext-ms-win-")
                || name.matches("python3\\d*t?|libpypy3\\.\\d+-c");
    }
}
