"""What became of each real sample file when it was last looked at by hand: pinned, for tests/test_samples.py."""

LOADED = """
accounts/chage/
    root.shadow | etc_shadow | 3 3 0 0
    root.txt | chage | 1 1 0 0
accounts/jc/centos-7.7/
    chage.out | chage | 1 0 0 1
    group.out | etc_group | 39 3 36 0
    passwd.out | etc_passwd | 21 1 20 0
    shadow.out | etc_shadow | 21 21 0 0
accounts/net_user/
    en-US_domain_user.txt | net_user | 1 1 0 0
    en-US_never_logged_on.txt | net_user | 1 1 0 0
    zh-TW_local_administrator.txt | net_user | 1 1 0 0
auth_linux/elastic/system-auth/
    test-pam-extraction.log | linux_auth | 6 6 0 0
auth_linux/jc/generic/
    syslog-3164.out | linux_auth | 35 4 29 2
auth_linux/loghub/OpenSSH/
    OpenSSH_2k.log | linux_auth | 2000 1029 971 0
auth_linux/plaso/syslog/
    syslog_ssh.log | linux_auth | 9 7 2 0
auth_linux/sekoia/
    openssh.lines.log | linux_auth | 35 18 17 0
auth_linux/wazuh_4.14.7_logtest/
    pam.lines.log | linux_auth | 5 3 2 0
    sshd.lines.log | linux_auth | 71 43 28 0
    sudo.lines.log | linux_auth | 8 8 0 0
    syslog.lines.log | linux_auth | 6 1 5 0
directory_ldif/ad_ldapsearch/
    hutch.offsec.ldif | ad_ldif | 4 1 1 2
    support.htb.ldif | ad_ldif | 5 1 4 0
firewall_logs/sekoia/
    cisco_asa_ftd.lines.log | cisco_asa | 42 38 0 4
    fortinet_fortigate.lines.log | fortigate | 50 50 0 0
firewall_logs/wazuh_4.14.7_logtest/
    cisco_asa.lines.log | cisco_asa | 88 88 0 0
    fortigate.lines.log | fortigate | 46 41 0 5
fix/fix-log-to-orchestra/test/logs/
    20200105.txt | fix_log | 1 1 0 0
    FIXT.1.1-EXEC-BANZAI.messages.log | fix_log | 94 41 8 45
    Montran_order_messages.log | fix_log | 18 4 14 0
    Test_UserDefined.log | fix_log | 21 3 13 5
    UDFinNestedGroups.txt | fix_log | 1 0 0 1
    delimitertest.log | fix_log | 9 3 2 4
vuln_scan/DefectDojo/openvas/
    no_vuln.xml | openvas | 0 0 0 0
    one_vuln.xml | openvas | 2 2 0 0
    report_detail_v2.xml | openvas | 2 2 0 0
vuln_scan/DefectDojo/tenable/nessus/
    nessus_many_vuln.xml | nessus | 8 8 0 0
    nessus_with_cvssv3.nessus | nessus | 50 50 0 0
vuln_scan/DefectDojo/tenable/nessus_was/
    nessus_was_many_vuln.xml | nessus | 6 6 0 0
    nessus_was_no_vuln.xml | nessus | 1 1 0 0
    nessus_was_one_vuln.xml | nessus | 2 2 0 0
windows_events/wazuh_engine/windows/test/
    security_1102_input.xml | windows_event_xml | 1 1 0 0
    security_4634_input.xml | windows_event_xml | 1 1 0 0
    security_4688_input.xml | windows_event_xml | 1 0 1 0
    security_4722_input.xml | windows_event_xml | 1 1 0 0
    security_4723_input.xml | windows_event_xml | 1 1 0 0
    security_4728_input.xml | windows_event_xml | 1 1 0 0
    security_4731_input.xml | windows_event_xml | 1 0 1 0
    security_4740_input.xml | windows_event_xml | 1 1 0 0
    security_4767_input.xml | windows_event_xml | 1 1 0 0
    security_4768_input.xml | windows_event_xml | 1 1 0 0
    security_4776_input.xml | windows_event_xml | 1 1 0 0
    security_5156_input.xml | windows_event_xml | 1 0 1 0
windows_evtx/EVTX-ATTACK-SAMPLES/Command and Control/
    DE_RDP_Tunnel_5156.evtx | windows_evtx | 101 12 89 0
    DE_RDP_Tunneling_4624.evtx | windows_evtx | 18 18 0 0
windows_evtx/EVTX-ATTACK-SAMPLES/Credential Access/
    4794_DSRM_password_change_t1098.evtx | windows_evtx | 1 1 0 0
    CA_4624_4625_LogonType2_LogonProc_chrome.evtx | windows_evtx | 4 4 0 0
    CA_DCSync_4662.evtx | windows_evtx | 3 0 3 0
    CA_chrome_firefox_opera_4663.evtx | windows_evtx | 5 1 4 0
    CA_hashdump_4663_4656_lsass_access.evtx | windows_evtx | 2 0 2 0
    MSSQL_multiple_failed_logon_EventID_18456.evtx | windows_evtx | 10 10 0 0
    kerberos_pwd_spray_4771.evtx | windows_evtx | 12 12 0 0
    remote_pwd_reset_rpc_mimikatz_postzerologon_target_DC.evtx | windows_evtx | 7 5 2 0
    sysmon_10_lsass_mimikatz_sekurlsa_logonpasswords.evtx | windows_evtx | 1 0 1 0
windows_evtx/EVTX-ATTACK-SAMPLES/Defense Evasion/
    DE_Fake_ComputerAccount_4720.evtx | windows_evtx | 2 2 0 0
    DE_KernelDebug_and_TestSigning_ON_Security_4826.evtx | windows_evtx | 6 0 6 0
windows_evtx/EVTX-ATTACK-SAMPLES/Discovery/
    dicovery_4661_net_group_domain_admins_target.evtx | windows_evtx | 63 9 54 0
windows_evtx/EVTX-ATTACK-SAMPLES/Execution/
    temp_scheduled_task_4698_4699.evtx | windows_evtx | 2 0 2 0
windows_evtx/EVTX-ATTACK-SAMPLES/Lateral Movement/
    LM_4624_mimikatz_sekurlsa_pth_source_machine.evtx | windows_evtx | 6 3 3 0
    LM_WMIC_4648_rpcss.evtx | windows_evtx | 5 4 1 0
    LM_WMI_4624_4688_TargetHost.evtx | windows_evtx | 8 6 2 0
windows_evtx/EVTX-ATTACK-SAMPLES/Persistence/
    DACL_DCSync_Right_Powerview_ Add-DomainObjectAcl.evtx | windows_evtx | 28 1 27 0
    persist_valid_account_guest_rid_hijack.evtx | windows_evtx | 4 0 4 0
    persistence_hidden_local_account_sysmon.evtx | windows_evtx | 1 0 1 0
    persistence_security_dcshadow_4742.evtx | windows_evtx | 10 4 6 0
    sysmon_local_account_creation_and_added_admingroup_12_13.evtx | windows_evtx | 17 0 17 0
windows_evtx/EVTX-ATTACK-SAMPLES/Privilege Escalation/
    4624 LT3 AnonymousLogon Localhost - JuicyPotato.evtx | windows_evtx | 3 3 0 0
    NTLM2SelfRelay-med0x2e-security_4624_4688.evtx | windows_evtx | 11 10 1 0
    privesc_KrbRelayUp_windows_4624.evtx | windows_evtx | 1 1 0 0
    samaccount_spoofing_CVE-2021-42287_CVE-2021-42278_DC_securitylogs.evtx | windows_evtx | 18 18 0 0
    security_4624_4673_token_manip.evtx | windows_evtx | 14 4 10 0
    win10_4703_SeDebugPrivilege_enabled.evtx | windows_evtx | 1 0 1 0
windows_evtx/omerbenamram-evtx/samples/
    Security_short_selected.evtx | windows_evtx | 7 3 4 0
    new-user-security.evtx | windows_evtx | 4 4 0 0
windows_evtx/plaso/evtx/
    System2.evtx | windows_evtx | 287 197 86 4
"""
"""A folder's name, then its files: reader, units, rows, skips, rejects (a row here is a unit that gave rows)."""
REFUSED = {
    "accounts/jc": 6,
    "accounts/lastlog": 1,
    "auth_linux/jc": 33,
    "auth_linux/loghub": 3,
    "auth_linux/plaso": 13,
    "auth_linux/sekoia": 36,
    "auth_linux/wazuh_4.14.7_logtest": 11,
    "firewall_logs/elastic": 1,
    "firewall_logs/sekoia": 197,
    "firewall_logs/wazuh_4.14.7_logtest": 7,
    "fix/counts.json": 1,
    "fix/quickfixj": 75,
    "vuln_scan/DefectDojo": 9,
    "windows_events/sekoia": 66,
    "windows_events/wazuh_4.14.7_logtest": 6,
    "windows_events/wazuh_engine": 12,
    "windows_evtx/EVTX-ATTACK-SAMPLES": 1,
    "windows_evtx/counts.json": 1,
}
"""How many files of each folder are refused: truth tables, JSON and ini files around the samples, formats without a reader."""


def pinned() -> dict[str, tuple[str, int, int, int, int]]:
    """Each loaded file's reader, units, rows, skips and rejects, by path below the samples."""
    found, folder = {}, ""
    for line in LOADED.strip().splitlines():
        if not line.startswith(" "):
            folder = line
            continue
        name, reader, numbers = (part.strip() for part in line.split("|"))
        units, rows, skips, rejects = map(int, numbers.split())
        found[folder + name] = (reader, units, rows, skips, rejects)
    return found
